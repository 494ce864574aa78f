/** 1 to 5, or up (5) and down (1). */
export type Scale = 'five' | 'thumbs';

const UP = '👍';
const DOWN = '👎';

/** The buttons of a scale; each value is its score. */
export function scoreButtons(scale: Scale): { label: string; value: string }[] {
  return scale === 'five'
    ? [1, 2, 3, 4, 5].map((score) => ({ label: String(score), value: String(score) }))
    : [
        { label: UP, value: '5' },
        { label: DOWN, value: '1' },
      ];
}

/** The score that a text means; null: it is none, the customer has something else to say. */
export function scoreOf(said: string, scale: Scale): number | null {
  // A skin tone makes it no other thumb.
  const text = said.trim().replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F]/gu, '');
  if (text === UP) return 5;
  if (text === DOWN) return 1;
  if (scale === 'thumbs') return text === '1' ? 5 : text === '2' ? 1 : null;
  const stars = /^[⭐★]{1,5}$/u.test(text) ? [...text].length : null;
  return stars ?? (/^[1-5](?:\s*\/\s*5)?$/.test(text) ? Number(text[0]) : null);
}

/** How much of a comment is kept, characters. */
export const MAX_COMMENT = 2000;
/** How long a comment is waited for. */
export const COMMENT_MS = 30 * 60_000;

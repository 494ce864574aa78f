import type { Mark } from '../../../src/contract/inbound.ts';

/** A stretch of text with the marks that lie on it. */
export interface Span {
  text: string;
  types: Mark['type'][];
  /** Safe to follow: http, https, mailto, tel. */
  url: string | null;
}

const SAFE = /^(https?:|mailto:|tel:)/i;
const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"']+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;

/** The address when it may be followed, else null: `javascript:` and the like never become links. */
export function safeUrl(url: string | undefined): string | null {
  const trimmed = url?.trim() ?? '';
  return SAFE.test(trimmed) ? trimmed : null;
}

/** Bare addresses in a text, as marks; trailing punctuation and unbalanced brackets are left out. */
export function findLinks(text: string): Mark[] {
  return [...text.matchAll(LINK)].map((match) => {
    let found = match[0].replace(/[.,;:!?]+$/, '');
    if (found.endsWith(')') && !found.includes('(')) found = found.slice(0, -1);
    const url = found.includes('://')
      ? found
      : found.toLowerCase().startsWith('www.')
        ? `https://${found}`
        : `mailto:${found}`;
    return { type: 'link' as const, offset: match.index, length: found.length, url };
  });
}

/**
 * Cuts a text at the borders of its marks. Marks outside of the text are cut to it; but for the line break after a
 * block nothing is ever dropped from it.
 */
export function spansOf(text: string, marks: readonly Mark[] = []): Span[] {
  const linked = marks.some(({ type }) => type === 'link' || type === 'code' || type === 'pre');
  const all = [...marks, ...(linked ? [] : findLinks(text))]
    .map((mark) => ({
      ...mark,
      from: Math.max(0, mark.offset),
      to: Math.min(text.length, mark.offset + mark.length),
    }))
    .filter(({ from, to }) => to > from);
  const borders = [...new Set([0, text.length, ...all.flatMap(({ from, to }) => [from, to])])].sort(
    (one, other) => one - other,
  );
  const spans: Span[] = [];
  borders.forEach((from, index) => {
    const to = borders[index + 1];
    if (to === undefined) return;
    const here = all.filter((mark) => mark.from <= from && mark.to >= to);
    // A block ends its line by itself: the line break after it would be an empty line.
    const afterBlock = spans.at(-1)?.types.some((type) => type === 'pre' || type === 'quote');
    const inBlock = here.some(({ type }) => type === 'pre' || type === 'quote');
    const piece = text.slice(from, to);
    spans.push({
      text: afterBlock && !inBlock && piece.startsWith('\n') ? piece.slice(1) : piece,
      types: here.map(({ type }) => type),
      url: safeUrl(here.find(({ type }) => type === 'link')?.url),
    });
  });
  return spans;
}

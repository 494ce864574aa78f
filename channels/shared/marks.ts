import type { Mark } from '../../src/contract/inbound.ts';

const SAFE_LINK = /^(https?:\/\/|mailto:|tel:)/i;

/** Whether an address may be a link: http, https, mailto, tel. */
function isSafeLink(url: string): boolean {
  return SAFE_LINK.test(url);
}

const splitsPair = (text: string, at: number): boolean =>
  at > 0 &&
  at < text.length &&
  /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) &&
  /[\uDC00-\uDFFF]/.test(text.charAt(at));

/**
 * Marks that lie inside the text, never begin or end inside a character, and link only to safe
 * addresses.
 */
export function soundMarks(text: string, marks: readonly Mark[]): Mark[] {
  return marks.flatMap((mark) => {
    let start = Math.max(0, Math.min(mark.offset, text.length));
    let end = Math.max(start, Math.min(mark.offset + mark.length, text.length));
    if (splitsPair(text, start)) start -= 1;
    if (splitsPair(text, end)) end += 1;
    if (end <= start) return [];
    if (mark.type === 'link' && !(mark.url && isSafeLink(mark.url))) return [];
    return [{ ...mark, offset: start, length: end - start }];
  });
}

/** How each kind of mark is written: opening and closing tag. */
export type Tags = Readonly<
  Record<Mark['type'], (mark: Mark) => readonly [open: string, close: string]>
>;

/** Text as HTML: `&`, `<`, `>` and `"` written as entities, nothing else changed. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * Formatted text as HTML, always properly nested: marks that overlap are closed and opened again.
 */
export function marksToHtml(text: string, marks: readonly Mark[], tags: Tags): string {
  const sound = soundMarks(text, marks);
  const endOf = (mark: Mark): number => mark.offset + mark.length;
  const stops = [...new Set(sound.flatMap((mark) => [mark.offset, endOf(mark)]))].sort(
    (a, b) => a - b,
  );
  const open: Mark[] = [];
  let html = '';
  let done = 0;
  for (const stop of stops) {
    html += escapeHtml(text.slice(done, stop));
    done = stop;
    const outermost = open.findIndex((mark) => endOf(mark) === stop);
    const closed = outermost < 0 ? [] : open.splice(outermost);
    for (const mark of closed.toReversed()) html += tags[mark.type](mark)[1];
    const beginning = sound
      .filter((mark) => mark.offset === stop)
      .sort((a, b) => b.length - a.length);
    for (const mark of [...closed.filter((one) => endOf(one) > stop), ...beginning]) {
      html += tags[mark.type](mark)[0];
      open.push(mark);
    }
  }
  return html + escapeHtml(text.slice(done));
}

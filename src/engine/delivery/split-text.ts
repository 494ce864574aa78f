import type { Capabilities } from '../../contract/capabilities.ts';
import type { Mark } from '../../contract/inbound.ts';

type Unit = Capabilities['text']['unit'];

/** Length of `text` in what a provider counts. */
export function measure(text: string, unit: Unit): number {
  if (unit === 'bytes') return Buffer.byteLength(text, 'utf8');
  if (unit === 'utf16') return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The longest beginning of `text` that measures at most `max`, ending between characters; at least one character. */
export function fit(text: string, max: number, unit: Unit): string {
  if (measure(text, unit) <= max) return text;
  let end = 0;
  let used = 0;
  for (const { segment } of graphemes.segment(text.slice(0, Math.max(max, 1) * 4 + 64))) {
    used += measure(segment, unit);
    if (used > max && end > 0) break;
    end += segment.length;
    if (used >= max) break;
  }
  return text.slice(0, end);
}

/** Cuts to `max`, ending in "…" when something is gone. */
export function shorten(text: string, max: number, unit: Unit = 'utf16'): string {
  if (measure(text, unit) <= max) return text;
  return `${fit(text, max - measure('…', unit), unit).trimEnd()}…`;
}

/** Where to break inside what fits: after a blank line, a line, a sentence, a word; else where it is full. */
function breakAt(piece: string): number {
  const late = Math.floor(piece.length / 2);
  for (const pattern of ['\n\n', '\n', '. ', ' ']) {
    const at = piece.lastIndexOf(pattern);
    if (at >= late) return at + pattern.length;
  }
  return piece.length;
}

/** A piece of a longer text, with where it began. */
export interface Piece {
  text: string;
  offset: number;
}

/** Splits into pieces of at most `max`, never inside a character, if possible between paragraphs, lines or words. */
export function splitText(text: string, max: number, unit: Unit): Piece[] {
  const pieces: Piece[] = [];
  let offset = 0;
  while (offset < text.length) {
    // White space at a break belongs to neither side.
    if (offset > 0) offset += (/^\s*/.exec(text.slice(offset))?.[0] ?? '').length;
    const rest = text.slice(offset);
    const whole = fit(rest, max, unit);
    const length = whole.length === rest.length ? rest.length : breakAt(whole);
    const piece = rest.slice(0, length);
    const trimmed = piece.trimEnd();
    if (trimmed !== '') pieces.push({ text: trimmed, offset });
    offset += length;
  }
  return pieces;
}

/** The marks that touch a piece, cut to it and counted from its beginning. */
export function marksOf(piece: Piece, marks: readonly Mark[]): Mark[] {
  const end = piece.offset + piece.text.length;
  return marks.flatMap((mark) => {
    const from = Math.max(mark.offset, piece.offset);
    const to = Math.min(mark.offset + mark.length, end);
    return to > from ? [{ ...mark, offset: from - piece.offset, length: to - from }] : [];
  });
}

/** Plain text of formatted text for channels that have none: a link's address stands behind its words. */
export function flatten(text: string, marks: readonly Mark[]): string {
  const links = marks
    .filter((mark) => mark.type === 'link' && mark.url)
    .sort((a, b) => b.offset - a.offset);
  let flat = text;
  for (const { offset, length, url } of links) {
    const end = offset + length;
    if (url && flat.slice(offset, end) !== url)
      flat = `${flat.slice(0, end)} (${url})${flat.slice(end)}`;
  }
  return flat;
}

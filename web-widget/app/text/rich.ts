import type { Mark } from '../../../src/contract/inbound.ts';

/** A stretch of text with everything that holds for it. */
export interface Run {
  text: string;
  types: Mark['type'][];
  /** A safe address, for links. */
  url?: string;
}

/** Addresses that can run nothing. */
export const SAFE = /^(https?|mailto|tel):/i;
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/gi;

/** An address without the punctuation of the sentence around it; brackets only go when they are not its own. */
function trimAddress(address: string): string {
  let end = address.replace(/[.,;:!?»“”’]+$/, '');
  while (end.endsWith(')') && end.split(')').length > end.split('(').length) end = end.slice(0, -1);
  return end;
}

/** Addresses in plain text, as marks; not inside code. */
function foundLinks(text: string, marks: readonly Mark[]): Mark[] {
  return [...text.matchAll(ADDRESS)].flatMap((match): Mark[] => {
    const url = trimAddress(match[0]);
    const start = match.index;
    const taken = marks.some(
      ({ type, offset, length }) =>
        (type === 'link' || type === 'code' || type === 'pre') &&
        offset < start + url.length &&
        start < offset + length,
    );
    return taken || !URL.canParse(url)
      ? []
      : [{ type: 'link', offset: start, length: url.length, url }];
  });
}

/** Cuts a text at every place where its formatting changes. Addresses that could run something are left as text. */
export function runsOf(text: string, marks: readonly Mark[] = []): Run[] {
  const good = marks.filter(
    ({ type, url, length }) => length > 0 && (type !== 'link' || SAFE.test(url ?? '')),
  );
  const all = [...good, ...foundLinks(text, good)];
  const edges = new Set([0, text.length]);
  for (const { offset, length } of all)
    for (const edge of [offset, offset + length])
      if (edge > 0 && edge < text.length) edges.add(edge);
  const sorted = [...edges].sort((one, other) => one - other);
  return sorted.slice(0, -1).map((start, index) => {
    const end = sorted[index + 1] ?? text.length;
    const here = all.filter(({ offset, length }) => offset <= start && offset + length >= end);
    const url = here.find(({ type }) => type === 'link')?.url;
    return {
      text: text.slice(start, end),
      types: here.map(({ type }) => type),
      ...(url === undefined ? {} : { url }),
    };
  });
}

import type { Mark } from '../../../src/contract/inbound.ts';

/** What an operator types to format, per mark. */
const FENCES: readonly { type: Mark['type']; fence: string }[] = [
  { type: 'pre', fence: '```' },
  { type: 'code', fence: '`' },
  { type: 'bold', fence: '**' },
  { type: 'strike', fence: '~~' },
  { type: 'italic', fence: '_' },
];

const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
const isSpace = (char: string | undefined) => char === undefined || /\s/u.test(char);

/** Where the fence that begins at `from` ends; -1: it is ordinary text (snake_case, 2 * 3). */
function closing(text: string, from: number, fence: string): number {
  const inside = from + fence.length;
  if (isWord(text[from - 1]) || isSpace(text[inside])) return -1;
  for (let end = text.indexOf(fence, inside + 1); end >= 0; end = text.indexOf(fence, end + 1)) {
    if (fence !== '```' && text.slice(inside, end).includes('\n')) return -1;
    if (!isSpace(text[end - 1]) && !isWord(text[end + fence.length])) return end;
  }
  return -1;
}

/** Typed text → clean text and marks: `**bold** _italic_ ~~strike~~ `code` [label](https://…)`. */
export function parseMarkup(typed: string): { text: string; marks: Mark[] } {
  let text = '';
  const marks: Mark[] = [];
  let index = 0;
  const take = (inner: string, type: Mark['type'], raw: boolean, url?: string): void => {
    const offset = text.length;
    const parsed = raw ? { text: inner, marks: [] } : parseMarkup(inner);
    text += parsed.text;
    marks.push({ type, offset, length: parsed.text.length, ...(url ? { url } : {}) });
    for (const mark of parsed.marks) marks.push({ ...mark, offset: mark.offset + offset });
  };
  while (index < typed.length) {
    const link = /^\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/.exec(typed.slice(index));
    if (link?.[1] && link[2]) {
      take(link[1], 'link', true, link[2]);
      index += link[0].length;
      continue;
    }
    const found = FENCES.find(({ fence }) => typed.startsWith(fence, index));
    const end = found ? closing(typed, index, found.fence) : -1;
    if (found && end >= 0) {
      const inner = typed.slice(index + found.fence.length, end);
      take(inner, found.type, found.type === 'code' || found.type === 'pre');
      index = end + found.fence.length;
      continue;
    }
    const step = found && found.fence.length > 1 ? found.fence.length : 1;
    text += typed.slice(index, index + step);
    index += step;
  }
  return { text, marks: marks.sort((one, other) => one.offset - other.offset) };
}

/** How long a text is in a channel's unit. */
export function lengthIn(unit: 'utf16' | 'characters' | 'bytes', text: string): number {
  if (unit === 'utf16') return text.length;
  if (unit === 'characters') return [...text].length;
  return new TextEncoder().encode(text).length;
}

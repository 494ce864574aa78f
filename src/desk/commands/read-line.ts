import type { CommandInput } from '../../contract/command.ts';

/** A line taken apart, or the sentence that says why it can not be. */
export type ReadLine = { status: 'ok'; input: CommandInput } | { status: 'wrong'; why: string };

/**
 * Opening quote → what closes it. Phones and word processors type curly ones; single quotes are
 * apostrophes.
 */
const CLOSING: Readonly<Record<string, string>> = {
  '"': '"”“',
  '“': '”“"',
  '”': '”"',
  '„': '“”"',
  '‟': '”"',
  '«': '»',
  '»': '«',
};
const PAIR = /^([a-z][a-z0-9_-]*)=/i;

/**
 * Takes apart what follows a command's name: words at blanks, `"quoted text"` as one word,
 * `key=value` pairs. A quote counts only at the start of a word or of a value; inside quotes `\"`
 * is a quote.
 */
export function readLine(rest: string): ReadLine {
  const words: string[] = [];
  const named: Record<string, string> = Object.create(null);
  let at = 0;
  while (at < rest.length) {
    if (/\s/.test(rest.charAt(at))) {
      at++;
      continue;
    }
    const key = PAIR.exec(rest.slice(at))?.[1];
    if (key) at += key.length + 1;
    const word = readWord(rest, at);
    if (word === null)
      return { status: 'wrong', why: `The quote that opens at ${excerpt(rest, at)} never closes.` };
    at = word.end;
    if (key === undefined) {
      words.push(word.text);
      continue;
    }
    const name = key.toLowerCase();
    if (name in named) return { status: 'wrong', why: `“${name}=” is given twice.` };
    named[name] = word.text;
  }
  return { status: 'ok', input: { words, named: { ...named }, rest } };
}

/** One word from `start`; null when its quote never closes. */
function readWord(rest: string, start: number): { text: string; end: number } | null {
  const closing = CLOSING[rest.charAt(start)];
  if (closing === undefined) {
    const text = /^\S*/.exec(rest.slice(start))?.[0] ?? '';
    return { text, end: start + text.length };
  }
  let text = '';
  for (let at = start + 1; at < rest.length; at++) {
    const character = rest.charAt(at);
    if (character === '\\' && rest.charAt(at + 1) in CLOSING) text += rest.charAt(++at);
    else if (closing.includes(character)) return { text, end: at + 1 };
    else text += character;
  }
  return null;
}

const EXCERPT = 24;
/** The beginning of what stands at `start`, cut between characters. */
function excerpt(rest: string, start: number): string {
  const characters = [...rest.slice(start)];
  return characters.length > EXCERPT
    ? `${characters.slice(0, EXCERPT).join('')}…`
    : characters.join('');
}

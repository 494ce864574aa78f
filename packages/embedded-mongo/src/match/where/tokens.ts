import { MongoError } from '../../errors.ts';

/** A piece of a script. */
export interface Token {
  kind: 'name' | 'number' | 'string' | 'regex' | 'sign' | 'end';
  /** As written; of strings and regular expressions what is between the marks. */
  text: string;
  /** Of regular expressions. */
  flags?: string;
}

/** Code 139: a script that cannot be run. */
export const scriptError = (message: string): MongoError => new MongoError(139, message);

const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const NAME = /[A-Za-z_$][\w$]*/y;
const NUMBER = /0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const STRING = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/y;
const REGEX = /\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([a-z]*)/y;
const SIGN = /===|!==|=>|&&|\|\||\?\?|==|!=|<=|>=|[-+*/%<>!?:;,.(){}[\]=&|^~]/y;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

const unescaped = (text: string): string =>
  text.replace(/\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(.))/g, (_all, u, x, one) =>
    one === undefined
      ? String.fromCharCode(Number.parseInt((u ?? x) as string, 16))
      : (ESCAPES[one as string] ?? (one as string)),
  );

/** Cuts a script into tokens; the last is its end. @throws MongoError 139 */
export function tokensOf(script: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(script);
    if (found) at += found[0].length;
    return found;
  };
  const afterValue = (): boolean => {
    const last = tokens.at(-1);
    if (!last || last.text === 'return' || last.text === 'typeof') return false;
    return last.kind !== 'sign' || last.text === ')' || last.text === ']';
  };
  const next = (): Token | undefined => {
    const name = take(NAME);
    if (name) return { kind: 'name', text: name[0] };
    const number = take(NUMBER);
    if (number) return { kind: 'number', text: number[0] };
    const string = take(STRING);
    if (string) return { kind: 'string', text: unescaped(string[1] ?? string[2] ?? '') };
    const regex = afterValue() ? null : take(REGEX);
    if (regex) return { kind: 'regex', text: regex[1] ?? '', flags: regex[2] ?? '' };
    const sign = take(SIGN);
    return sign ? { kind: 'sign', text: sign[0] } : undefined;
  };
  for (take(SPACE); at < script.length; take(SPACE)) {
    const token = next();
    if (!token) throw scriptError(`SyntaxError: illegal character '${script[at]}' in $where`);
    tokens.push(token);
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

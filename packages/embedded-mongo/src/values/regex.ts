import { BSONRegExp } from 'bson';
import { MongoError, badValue } from '../errors.ts';
import type { Value } from './types.ts';

const compiled = new Map<string, RegExp>();
const CACHE = 500;

/**
 * A JS regular expression for MongoDB's (PCRE) pattern and flags `imsxu`.
 * @param flags override the pattern's own when given
 * @throws MongoError 51091 for a pattern, 51108 for a flag that cannot be used
 * @see https://www.mongodb.com/docs/manual/reference/operator/query/regex/
 */
export function toRegExp(v: Value, flags?: string): RegExp {
  if (typeof v === 'string') return compilePattern(v, flags ?? '');
  if (v instanceof BSONRegExp) return compilePattern(v.pattern, flags ?? v.options);
  throw badValue('$regex has to be a string');
}

function compilePattern(pattern: string, flags: string): RegExp {
  const id = `${flags}/${pattern}`;
  let made = compiled.get(id);
  if (!made) {
    made = translate(pattern, flags);
    if (compiled.size >= CACHE) compiled.clear();
    compiled.set(id, made);
  }
  return made;
}

function translate(given: string, givenFlags: string): RegExp {
  if (/[^imsxu]/.test(givenFlags)) {
    throw new MongoError(51108, `invalid flag in regex options: ${givenFlags}`);
  }
  if (given.includes('\0')) {
    throw badValue('Regular expression cannot contain an embedded null byte');
  }
  let pattern = given;
  let flags = givenFlags;
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  if (inline) {
    pattern = pattern.slice(inline[0].length);
    flags += inline[1] ?? '';
  }
  const tokens = flags.includes('x') ? EXTENDED_TOKEN : TOKEN;
  const source = pattern
    .replace(/\(\?P</g, '(?<')
    .replace(tokens, (token) => translateToken(token, flags));
  const known = [...new Set(flags)].filter((c) => 'ims'.includes(c)).join('');
  return build(source, known);
}

/** An escape, a class, or what PCRE reads in another way than JS. */
const TOKEN = /\\.|\[(?:\\.|\[:\w+:\]|[^\]\\])*\]|[$.]/gs;

/** As `TOKEN`, and the blanks and comments of the flag `x`. */
const EXTENDED_TOKEN = new RegExp(`${TOKEN.source}|\\s|#[^\\n]*`, 'gs');

const ESCAPES: Readonly<Record<string, string>> = {
  '\\A': '(?<![\\s\\S])',
  '\\z': '(?![\\s\\S])',
  '\\Z': '(?=\\n?(?![\\s\\S]))',
  '\\h': '[ \\t]',
};

/** PCRE's `$` also matches before a last newline; its `.` stops at newlines only. */
function translateToken(token: string, flags: string): string {
  if (token === '$') return flags.includes('m') ? token : '(?=\\n?$)';
  if (token === '.') return flags.includes('s') ? token : '[^\\n]';
  if (/^[\s#]/.test(token)) return '';
  if (token.startsWith('[')) {
    return token.replace(/\[:(\w+):\]/g, (whole, name: string) => POSIX[name] ?? whole);
  }
  return ESCAPES[token] ?? token;
}

/** POSIX's names for characters, as they stand inside a class. */
const POSIX: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  space: '\\s',
  upper: 'A-Z',
  lower: 'a-z',
  xdigit: '0-9A-Fa-f',
  punct: '!-\\/:-@\\[-`{-~',
};

function build(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    // PCRE allows escapes that are errors only in JS's unicode mode; try without it.
    try {
      return new RegExp(source, flags);
    } catch (e) {
      const why = e instanceof Error ? e.message : String(e);
      throw new MongoError(51091, `Regular expression is invalid: ${why}`);
    }
  }
}

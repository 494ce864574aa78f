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

const EXTENDED_NOISE = /\\.|\[(?:\\.|[^\]\\])*\]|\s+|#.*$/gms;

function translate(given: string, givenFlags: string): RegExp {
  const wrong = /[^imsxu]/.exec(givenFlags);
  if (wrong) throw new MongoError(51108, `invalid flag in regex options: ${givenFlags}`);
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
  if (flags.includes('x')) {
    // Per line, so that `#` comments end where the line does.
    pattern = pattern.replace(new RegExp(EXTENDED_NOISE.source, 'gm'), (m) =>
      m.startsWith('\\') || m.startsWith('[') ? m : '',
    );
  }
  const source = pattern
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\\h/g, '[ \\t]')
    .replace(/\(\?P</g, '(?<')
    .replace(/\[\[:(\w+):\]\]/g, (whole, name: string) => POSIX[name] ?? whole);
  const known = [...new Set(flags)].filter((c) => 'ims'.includes(c)).join('');
  return build(source, known);
}

const POSIX: Readonly<Record<string, string>> = {
  alpha: '[A-Za-z]',
  digit: '[0-9]',
  alnum: '[A-Za-z0-9]',
  space: '\\s',
  upper: '[A-Z]',
  lower: '[a-z]',
  punct: '[!-\\/:-@\\[-`{-~]',
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

import { BSONRegExp } from 'bson';
import { MongoError } from '../errors.ts';
import { compareText } from '../order/index.ts';
import {
  isArr,
  isDate,
  isNullish,
  isNum,
  isText,
  show,
  toNumber,
  toRegExp,
  typeName,
  type Value,
} from '../values/index.ts';
import { between, binary, readNamed, unary, variadic } from './arguments.ts';
import { searchRange, wholeArgument } from './arrays.ts';
import { dateText } from './dateText.ts';
import type { Evaluate, Operator } from './types.ts';

/** A value as text where an operator takes numbers and dates for it; '' for null. */
function coerced(v: Value, name: string): string {
  if (isNullish(v)) return '';
  if (isText(v)) return String(v);
  if (isNum(v)) return typeof v === 'number' ? numberText(v) : v.toString();
  if (isDate(v)) return dateText(v);
  throw new MongoError(16007, `can't convert from BSON type ${typeName(v)} to String in ${name}`);
}

/** A double or int as MongoDB prints it. */
export const numberText = (v: number): string =>
  Object.is(v, -0) ? '-0' : String(v).replace(/^(-?\d(?:\.\d+)?e)\+/, '$1+');

function needText(v: Value, code: number, message: (type: string) => string): string {
  if (isText(v)) return String(v);
  throw new MongoError(code, message(typeName(v)));
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/concat/ */
const $concat = variadic((list, name) => {
  let out = '';
  for (const v of list) {
    if (isNullish(v)) return null;
    out += needText(v, 16702, (t) => `${name} only supports strings, not ${t}`);
  }
  return out;
});

/** ASCII letters only, as the manual warns. */
const lower = (s: string): string => s.replace(/[A-Z]+/g, (m) => m.toLowerCase());
const upper = (s: string): string => s.replace(/[a-z]+/g, (m) => m.toUpperCase());

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/strcasecmp/ */
const $strcasecmp = binary((a, b, name) =>
  Math.sign(compareText(upper(coerced(a, name)), upper(coerced(b, name)))),
);

const codePoints = (s: string): string[] => [...s];

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/indexOfCP/ */
const $indexOfCP = between(2, 4, ([text, part, from, to], name) => {
  if (isNullish(text)) return null;
  const whole = codePoints(
    needText(text, 40093, (t) => `${name} requires a string as the first argument, found: ${t}`),
  );
  const token = codePoints(
    needText(part, 40094, (t) => `${name} requires a string as the second argument, found: ${t}`),
  );
  const [start, stop] = searchRange(from, to, name);
  return indexOf(whole, token, start, Math.min(stop, whole.length));
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/indexOfBytes/ */
const $indexOfBytes = between(2, 4, ([text, part, from, to], name) => {
  if (isNullish(text)) return null;
  const whole = [
    ...Buffer.from(
      needText(text, 40091, (t) => `${name} requires a string as the first argument, found: ${t}`),
    ),
  ];
  const token = [
    ...Buffer.from(
      needText(part, 40092, (t) => `${name} requires a string as the second argument, found: ${t}`),
    ),
  ];
  const [start, stop] = searchRange(from, to, name);
  return indexOf(whole, token, start, Math.min(stop, whole.length));
});

function indexOf<T>(whole: readonly T[], token: readonly T[], start: number, stop: number): number {
  for (let i = start; i + token.length <= stop; i++) {
    if (token.every((t, k) => whole[i + k] === t)) return i;
  }
  return -1;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/substrBytes/ */
const $substrBytes = between(3, 3, ([text, from, length], name) => {
  const bytes = Buffer.from(coerced(text, name));
  if (!isNum(from))
    throw new MongoError(
      16034,
      `${name}:  starting index must be a numeric type (is BSON type ${typeName(from)})`,
    );
  if (!isNum(length))
    throw new MongoError(
      16035,
      `${name}:  length must be a numeric type (is BSON type ${typeName(length)})`,
    );
  const start = Math.trunc(toNumber(from));
  const count = Math.trunc(toNumber(length));
  if (start < 0)
    throw new MongoError(50752, `${name}:  starting index must be non-negative (got: ${start})`);
  if (start >= bytes.length) return '';
  const stop = count < 0 ? bytes.length : Math.min(start + count, bytes.length);
  const inside = (i: number): boolean => ((bytes[i] ?? 0) & 0xc0) === 0x80;
  if (inside(start))
    throw new MongoError(
      28656,
      `${name}:  Invalid range, starting index is a UTF-8 continuation byte.`,
    );
  if (inside(stop))
    throw new MongoError(
      28657,
      `${name}:  Invalid range, ending index is in the middle of a UTF-8 character.`,
    );
  return bytes.toString('utf8', start, stop);
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/substrCP/ */
const $substrCP = between(3, 3, ([text, from, length], name) => {
  const points = codePoints(coerced(text, name));
  if (!isNum(from))
    throw new MongoError(
      34450,
      `${name}: starting index must be a numeric type (is BSON type ${typeName(from)})`,
    );
  const start = wholeArgument(
    from,
    34451,
    `${name}: starting index cannot be represented as a 32-bit integral value: ${show(from)}`,
  );
  if (!isNum(length))
    throw new MongoError(
      34452,
      `${name}: length must be a numeric type (is BSON type ${typeName(length)})`,
    );
  const count = wholeArgument(
    length,
    34453,
    `${name}: length cannot be represented as a 32-bit integral value: ${show(length)}`,
  );
  if (count < 0) throw new MongoError(34454, `${name}: length must be a nonnegative integer.`);
  if (start < 0)
    throw new MongoError(34455, `${name}: the starting index must be nonnegative integer.`);
  return points.slice(start, start + count).join('');
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/split/ */
const $split = binary((text, by, name) => {
  if (isNullish(text) || isNullish(by)) return null;
  const whole = needText(
    text,
    40085,
    (t) =>
      `${name} requires an expression that evaluates to a string as a first argument, found: ${t}`,
  );
  const separator = needText(
    by,
    40086,
    (t) =>
      `${name} requires an expression that evaluates to a string as a second argument, found: ${t}`,
  );
  if (separator === '') throw new MongoError(40087, `${name} requires a non-empty separator`);
  return whole.split(separator);
});

const BLANK =
  '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

function trimmer(left: boolean, right: boolean): Operator {
  return (arg, scope, name) => {
    const { input, chars } = readNamed(arg, scope, name, ['input'], ['chars'], {
      notObject: 50696,
      unknown: 50694,
      missing: 50695,
    });
    return (env) => {
      const v = input?.(env);
      if (isNullish(v)) return null;
      const text = needText(
        v,
        50699,
        (t) => `${name} requires its input to be a string, got ${show(v)} (of type ${t}) instead.`,
      );
      const given = chars ? chars(env) : BLANK;
      if (isNullish(given)) return null;
      const set = new Set(
        needText(
          given,
          50700,
          (t) =>
            `${name} requires 'chars' to be a string, got ${show(given)} (of type ${t}) instead.`,
        ),
      );
      const points = codePoints(text);
      let start = 0;
      let stop = points.length;
      if (left) while (start < stop && set.has(points[start] as string)) start++;
      if (right) while (stop > start && set.has(points[stop - 1] as string)) stop--;
      return points.slice(start, stop).join('');
    };
  };
}

function replacer(all: boolean): Operator {
  return (arg, scope, name) => {
    const { input, find, replacement } = readNamed(
      arg,
      scope,
      name,
      ['input', 'find', 'replacement'],
      [],
      { notObject: 51751, unknown: 51750, missing: 51749 },
    );
    return (env) => {
      const parts = [input, find, replacement].map((e) => e?.(env));
      parts.forEach((v, i) => {
        if (!isNullish(v) && !isText(v)) {
          const which = ['input', 'find', 'replacement'][i] ?? '';
          throw new MongoError(
            [51746, 51745, 51744][i] ?? 2,
            `${name} requires that '${which}' be a string, found: ${show(v)}`,
          );
        }
      });
      if (parts.some(isNullish)) return null;
      const [text, token, by] = parts.map(String) as [string, string, string];
      return all ? text.replaceAll(token, () => by) : text.replace(token, () => by);
    };
  };
}

interface Found {
  input: Value;
  pattern: RegExp | null;
}

function regexReader(parts: Record<string, Evaluate | undefined>, name: string) {
  const { input, regex, options } = parts;
  return (env: Parameters<Evaluate>[0]): Found => {
    const text = input?.(env);
    const given = regex?.(env);
    const flags = options?.(env);
    if (!isNullish(text) && !isText(text)) {
      throw new MongoError(51104, `${name} needs 'input' to be of type string`);
    }
    if (isNullish(given)) return { input: text, pattern: null };
    if (typeof given !== 'string' && !(given instanceof BSONRegExp)) {
      throw new MongoError(51105, `${name} needs 'regex' to be of type string or regex`);
    }
    if (!isNullish(flags) && typeof flags !== 'string') {
      throw new MongoError(51106, `${name} needs 'options' to be of type string`);
    }
    if (given instanceof BSONRegExp && given.options !== '' && !isNullish(flags)) {
      throw new MongoError(
        51107,
        `${name}: regex option(s) specified in both 'regex' and 'option' fields`,
      );
    }
    return { input: text, pattern: toRegExp(given, typeof flags === 'string' ? flags : undefined) };
  };
}

function found(m: RegExpMatchArray): Value {
  const before = (m.input ?? '').slice(0, m.index ?? 0);
  return {
    match: m[0],
    idx: codePoints(before).length,
    captures: m.slice(1).map((c) => (c === undefined ? null : c)),
  };
}

function regexOperator(give: (text: string, pattern: RegExp) => Value, none: Value): Operator {
  return (arg, scope, name) => {
    const parts = readNamed(arg, scope, name, ['input', 'regex'], ['options'], {
      notObject: 51103,
      unknown: 31024,
      missing: 31022,
    });
    const read = regexReader(parts, name);
    return (env) => {
      const { input, pattern } = read(env);
      return isNullish(input) || !pattern
        ? isArr(none)
          ? []
          : none
        : give(String(input), pattern);
    };
  };
}

/** Text. */
export const STRINGS: Readonly<Record<string, Operator>> = {
  $concat,
  $toLower: unary((v, name) => lower(coerced(v, name))),
  $toUpper: unary((v, name) => upper(coerced(v, name))),
  $strcasecmp,
  $strLenCP: unary(
    (v, name) =>
      codePoints(needText(v, 34471, (t) => `${name} requires a string argument, found: ${t}`))
        .length,
  ),
  $strLenBytes: unary((v, name) =>
    Buffer.byteLength(needText(v, 34473, (t) => `${name} requires a string argument, found: ${t}`)),
  ),
  $indexOfCP,
  $indexOfBytes,
  $substrBytes,
  $substr: $substrBytes,
  $substrCP,
  $split,
  $trim: trimmer(true, true),
  $ltrim: trimmer(true, false),
  $rtrim: trimmer(false, true),
  $replaceOne: replacer(false),
  $replaceAll: replacer(true),
  $regexMatch: regexOperator((text, p) => p.test(text), false),
  $regexFind: regexOperator((text, p) => {
    const m = p.exec(text);
    return m ? found(m) : null;
  }, null),
  $regexFindAll: regexOperator(
    (text, p) => [...text.matchAll(new RegExp(p.source, `${p.flags}g`))].map(found),
    [],
  ),
};

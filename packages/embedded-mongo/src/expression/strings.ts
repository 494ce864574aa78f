import { MongoError } from '../errors.ts';
import { compareText } from '../order/index.ts';
import { isNullish, isText, show } from '../values/index.ts';
import { binary, readNamed, unary, variadic } from './arguments.ts';
import { codePoints, coerced, needText } from './text.ts';
import type { Operator } from './types.ts';

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
  $split,
  $trim: trimmer(true, true),
  $ltrim: trimmer(true, false),
  $rtrim: trimmer(false, true),
  $replaceOne: replacer(false),
  $replaceAll: replacer(true),
};

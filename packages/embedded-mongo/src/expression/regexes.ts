import { BSONRegExp } from 'bson';
import { MongoError } from '../errors.ts';
import { isArr, isNullish, isText, toRegExp, type Value } from '../values/index.ts';
import { readNamed } from './arguments.ts';
import { codePoints } from './text.ts';
import type { Evaluate, Operator } from './types.ts';

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

/** Regular expressions. */
export const REGEXES: Readonly<Record<string, Operator>> = {
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

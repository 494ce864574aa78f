import { MongoError } from '../errors.ts';
import { compare } from '../order/index.ts';
import {
  doubleOf,
  isArr,
  isNullish,
  isNum,
  isPlain,
  toNumber,
  type Value,
} from '../values/index.ts';
import { divide } from './arithmetic.ts';
import { variadic } from './arguments.ts';
import { percentile } from './percentile.ts';
import { Sum } from './sum.ts';
import type { Operator } from './types.ts';

/** One argument that is an array stands for its elements; of several, arrays are passed over. */
const spread = (list: Value[]): Value[] => (list.length === 1 && isArr(list[0]) ? list[0] : list);

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/sum/ */
const $sum = variadic((list) => {
  const sum = new Sum();
  for (const v of spread(list)) sum.add(v);
  return sum.result();
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/avg/ */
const $avg = variadic((list) => {
  const sum = new Sum();
  for (const v of spread(list)) sum.add(v);
  return sum.average(divide);
});

const extreme = (sign: number): Operator =>
  variadic((list, _name, scope) => {
    let best: Value;
    for (const v of spread(list)) {
      if (isNullish(v)) continue;
      if (best === undefined || compare(v, best, scope.collator) * sign > 0) best = v;
    }
    return best === undefined ? null : best;
  });

const deviation = (ofSample: boolean): Operator =>
  variadic((list) => {
    const numbers = spread(list).filter(isNum).map(toNumber);
    const by = ofSample ? numbers.length - 1 : numbers.length;
    if (by <= 0) return null;
    const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
    const squares = numbers.reduce((a, b) => a + (b - mean) ** 2, 0);
    return doubleOf(Math.sqrt(squares / by));
  });

function quantiles(median: boolean): Operator {
  return (arg, scope, name) => {
    if (!isPlain(arg))
      throw new MongoError(7436200, `specification must be an object; found ${name}`);
    if (arg['method'] !== 'approximate') {
      throw new MongoError(2, "Currently only 'approximate' can be used as percentile 'method'.");
    }
    const input = scope.compile(arg['input'], scope);
    const fractions = scope.compile(median ? [0.5] : (arg['p'] ?? null), scope);
    return (env) => {
      const v = input(env);
      const numbers = (isArr(v) ? v : [v])
        .filter(isNum)
        .map(toNumber)
        .sort((a, b) => a - b);
      const ps = fractions(env);
      if (!isArr(ps))
        throw new MongoError(
          7750300,
          "The $percentile 'p' field must be an array of numbers from [0.0, 1.0]",
        );
      const found = ps.map((p): Value => {
        const x = percentile(numbers, isNum(p) ? toNumber(p) : 0);
        return x === null ? null : doubleOf(x);
      });
      return median ? (found[0] ?? null) : found;
    };
  };
}

/** Accumulators in the place of an expression. */
export const TOTALS: Readonly<Record<string, Operator>> = {
  $sum,
  $avg,
  $min: extreme(-1),
  $max: extreme(1),
  $stdDevPop: deviation(false),
  $stdDevSamp: deviation(true),
  $median: quantiles(true),
  $percentile: quantiles(false),
};

import { MongoError } from '../errors.ts';
import { divide, Sum } from '../expression/index.ts';
import { compare, keyText } from '../order/index.ts';
import {
  type Doc,
  doubleOf,
  isArr,
  isNullish,
  isNum,
  isPlain,
  setOwn,
  show,
  toNumber,
  typeName,
  type Value,
} from '../values/index.ts';
import { type Accumulator, type AccumulatorCompiler, missingAsNull, over } from './accumulation.ts';
import { quantiles, ranked, refuseScript, several } from './manyValued.ts';
import type { ExpressionScope } from './types.ts';

const $sum = over(() => new Sum());

const $avg = over(() => {
  const sum = new Sum();
  return { add: (v) => sum.add(v), result: () => sum.average(divide) };
});

const extreme = (sign: number): AccumulatorCompiler =>
  over((scope) => {
    let best: Value;
    return {
      add: (v) => {
        if (isNullish(v)) return;
        if (best === undefined || compare(v, best, scope.collator) * sign > 0) best = v;
      },
      result: () => missingAsNull(best),
    };
  });

const $first = over(() => {
  let first: Value;
  let any = false;
  return {
    add: (v) => {
      if (!any) first = v;
      any = true;
    },
    result: () => missingAsNull(first),
  };
});

const $last = over(() => {
  let last: Value;
  return {
    add: (v) => {
      last = v;
    },
    result: () => missingAsNull(last),
  };
});

const $push = over((_scope, budget) => {
  const all: Value[] = [];
  return {
    add: (v) => {
      if (v === undefined) return;
      budget.take(v);
      all.push(v);
    },
    result: () => all.slice(),
  };
});

const $addToSet = over((scope, budget) => {
  const all = new Map<string, Value>();
  return {
    add: (v) => {
      if (v === undefined) return;
      const key = keyText(v, scope.collator);
      if (all.has(key)) return;
      budget.take(v);
      all.set(key, v);
    },
    result: () => [...all.values()],
  };
});

const $mergeObjects = over(() => {
  const merged: Doc = {};
  return {
    add: (v) => {
      if (isNullish(v)) return;
      if (!isPlain(v)) {
        throw new MongoError(
          40400,
          `$mergeObjects requires object inputs, but input ${show(v)} is of type ${typeName(v)}`,
        );
      }
      for (const name of Object.keys(v)) setOwn(merged, name, v[name]);
    },
    result: () => ({ ...merged }),
  };
});

const deviation = (ofSample: boolean): AccumulatorCompiler =>
  over(() => {
    // Welford's way: no large squares are subtracted from each other.
    let n = 0;
    let mean = 0;
    let squares = 0;
    return {
      add: (v) => {
        if (!isNum(v)) return;
        const x = toNumber(v);
        n++;
        const before = x - mean;
        mean += before / n;
        squares += before * (x - mean);
      },
      result: () => {
        const by = ofSample ? n - 1 : n;
        return by > 0 ? doubleOf(Math.sqrt(squares / by)) : null;
      },
    };
  });

const $count: AccumulatorCompiler = (arg, scope, name) => {
  if (!isPlain(arg) || Object.keys(arg).length > 0) {
    throw new MongoError(14, `${name} takes no arguments, i.e. $count:{}`);
  }
  return $sum(1, scope, name);
};

/**
 * Accumulators by name.
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/group/#accumulator-operator
 */
export const ACCUMULATORS: Readonly<Record<string, AccumulatorCompiler>> = {
  $sum,
  $avg,
  $min: extreme(-1),
  $max: extreme(1),
  $first,
  $last,
  $push,
  $addToSet,
  $mergeObjects,
  $stdDevPop: deviation(false),
  $stdDevSamp: deviation(true),
  $count,
  $firstN: several((all, n) => all.slice(0, n), true),
  $lastN: several((all, n) => all.slice(-n), true),
  $minN: several((all, n, c) => all.sort((a, b) => compare(a, b, c)).slice(0, n), false),
  $maxN: several((all, n, c) => all.sort((a, b) => compare(b, a, c)).slice(0, n), false),
  $top: ranked('top', true),
  $topN: ranked('top', false),
  $bottom: ranked('bottom', true),
  $bottomN: ranked('bottom', false),
  $median: quantiles(true),
  $percentile: quantiles(false),
  $accumulator: refuseScript,
};

/** Whether there is an accumulator of a name. */
export const isAccumulator = (name: string): boolean => Object.hasOwn(ACCUMULATORS, name);

/**
 * Compiles one accumulated field, such as `{ $sum: '$n' }`.
 * @throws MongoError 40234, 40238, 15952 and what the accumulator itself refuses
 */
export function compileAccumulator(
  field: string,
  spec: Value,
  scope: ExpressionScope,
): Accumulator {
  if (!isPlain(spec))
    throw new MongoError(40234, `The field '${field}' must be an accumulator object`);
  const names = Object.keys(spec);
  const name = names[0];
  if (names.length !== 1 || name === undefined) {
    throw new MongoError(40238, `The field '${field}' must specify one accumulator`);
  }
  const compiler = Object.hasOwn(ACCUMULATORS, name) ? ACCUMULATORS[name] : undefined;
  if (!compiler) throw new MongoError(15952, `unknown group operator '${name}'`);
  const arg = spec[name];
  if (isArr(arg) && arg.length !== 1)
    throw new MongoError(40237, `The ${name} accumulator is a unary operator`);
  return compiler(isArr(arg) ? arg[0] : arg, scope, name);
}

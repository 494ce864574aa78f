import { MongoError } from '../errors.ts';
import {
  compileExpression,
  divide,
  percentile,
  Sum,
  type Expression,
} from '../expression/index.ts';
import { compare, keyText, sorterOf, type Collator } from '../order/index.ts';
import {
  doubleOf,
  isArr,
  isNullish,
  isNum,
  isPlain,
  setOwn,
  show,
  toNumber,
  typeName,
  type Doc,
  type Value,
} from '../values/index.ts';
import type { ExpressionScope } from './types.ts';

/** What one group or window keeps of the documents that went into it. */
export interface Accumulation {
  add(doc: Doc): void;
  result(): Value;
}

/** A compiled accumulator: starts one accumulation for each group. */
export type Accumulator = () => Accumulation;

type AccumulatorCompiler = (arg: Value, scope: ExpressionScope, name: string) => Accumulator;

const missingAsNull = (v: Value): Value => (v === undefined ? null : v);

/** An accumulator over the values of one expression. */
function over(
  start: (scope: ExpressionScope) => { add(v: Value): void; result(): Value },
): AccumulatorCompiler {
  return (arg, scope) => {
    const value = compileExpression(arg, scope);
    return () => {
      const state = start(scope);
      return { add: (doc) => state.add(value(doc)), result: () => state.result() };
    };
  };
}

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

const $push = over(() => {
  const all: Value[] = [];
  return {
    add: (v) => {
      if (v !== undefined) all.push(v);
    },
    result: () => all.slice(),
  };
});

const $addToSet = over((scope) => {
  const all = new Map<string, Value>();
  return {
    add: (v) => {
      if (v === undefined) return;
      const key = keyText(v, scope.collator);
      if (!all.has(key)) all.set(key, v);
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

/** Reads a constant number of elements (`n`). */
function readCount(arg: Doc, scope: ExpressionScope, name: string): number {
  if (arg['n'] === undefined) throw new MongoError(5787906, `Missing value for 'n'`);
  const v = compileExpression(arg['n'], scope)({});
  const n = isNum(v) ? toNumber(v) : Number.NaN;
  if (!Number.isInteger(n)) {
    throw new MongoError(
      5787902,
      `Value for 'n' must be of integral type, but found ${show(v)} in ${name}`,
    );
  }
  if (n <= 0) throw new MongoError(5787908, `'n' must be greater than 0, found ${n}`);
  return n;
}

/** `$firstN` and its kin: they keep an array of at most `n` values. */
function several(
  keep: (all: Value[], n: number, collator: Collator | undefined) => Value[],
  withNulls: boolean,
): AccumulatorCompiler {
  return (arg, scope, name) => {
    if (!isPlain(arg))
      throw new MongoError(5787801, `specification must be an object; found ${name}: ${show(arg)}`);
    if (arg['input'] === undefined) throw new MongoError(5787907, `Missing value for 'input'`);
    const n = readCount(arg, scope, name);
    const value = compileExpression(arg['input'], scope);
    return () => {
      let all: Value[] = [];
      return {
        add: (doc) => {
          const v = value(doc);
          if (withNulls || !isNullish(v)) all.push(missingAsNull(v));
          if (all.length > n * 2 + 1000) all = keep(all, n, scope.collator);
        },
        result: () => keep(all, n, scope.collator),
      };
    };
  };
}

/** `$top`, `$topN`, `$bottom`, `$bottomN`: by a sort of their own. */
function ranked(end: 'top' | 'bottom', single: boolean): AccumulatorCompiler {
  return (arg, scope, name) => {
    if (!isPlain(arg))
      throw new MongoError(5788001, `specification must be an object; found ${name}: ${show(arg)}`);
    const { sortBy, output } = arg;
    if (!isPlain(sortBy)) throw new MongoError(5788005, `Missing value for 'sortBy'`);
    if (output === undefined) throw new MongoError(5788004, `Missing value for 'output'`);
    const n = single ? 1 : readCount(arg, scope, name);
    const sorter = sorterOf(sortBy, scope.collator);
    const value: Expression = compileExpression(output, scope);
    return () => {
      const all: { key: Value[]; v: Value }[] = [];
      return {
        add: (doc) => {
          all.push({ key: sorter.keyOf(doc), v: missingAsNull(value(doc)) });
        },
        result: () => {
          const sorted = all.slice().sort((a, b) => sorter.compare(a.key, b.key));
          const kept = (end === 'top' ? sorted.slice(0, n) : sorted.slice(-n)).map((e) => e.v);
          return single ? missingAsNull(kept[0]) : kept;
        },
      };
    };
  };
}

function quantiles(median: boolean): AccumulatorCompiler {
  return (arg, scope, name) => {
    if (!isPlain(arg))
      throw new MongoError(7436100, `specification must be an object; found ${name}: ${show(arg)}`);
    if (arg['method'] !== 'approximate') {
      throw new MongoError(2, "Currently only 'approximate' can be used as percentile 'method'.");
    }
    const ps = median ? [0.5] : readFractions(arg['p'], scope);
    const value = compileExpression(arg['input'], scope);
    return () => {
      const all: number[] = [];
      return {
        add: (doc) => {
          const v = value(doc);
          if (isNum(v)) all.push(toNumber(v));
        },
        result: () => {
          const sorted = Float64Array.from(all).sort();
          const found = ps.map((p): Value => {
            const v = percentile([...sorted], p);
            return v === null ? null : doubleOf(v);
          });
          return median ? missingAsNull(found[0]) : found;
        },
      };
    };
  };
}

function readFractions(p: Value, scope: ExpressionScope): number[] {
  const v = compileExpression(p ?? null, scope)({});
  if (!isArr(v) || v.length === 0) {
    throw new MongoError(
      7750300,
      "The $percentile 'p' field must be an array of numbers from [0.0, 1.0]",
    );
  }
  return v.map((x) => {
    const n = isNum(x) ? toNumber(x) : Number.NaN;
    if (!(n >= 0 && n <= 1)) {
      throw new MongoError(
        7750303,
        `The $percentile 'p' field must be an array of numbers from [0.0, 1.0], but found: ${show(x)}`,
      );
    }
    return n;
  });
}

const refuseScript: AccumulatorCompiler = (_arg, _scope, name) => {
  throw new MongoError(31264, `${name} requires server-side JavaScript, which is not enabled`);
};

/**
 * Accumulators by name.
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/group/#accumulator-operator
 */
const ACCUMULATORS: Readonly<Record<string, AccumulatorCompiler>> = {
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

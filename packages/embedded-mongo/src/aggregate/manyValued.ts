import { MongoError } from '../errors.ts';
import { compileExpression, type Expression, percentile } from '../expression/index.ts';
import { type Collator, sorterOf } from '../order/index.ts';
import {
  type Doc,
  doubleOf,
  isArr,
  isNullish,
  isNum,
  isPlain,
  show,
  toNumber,
  type Value,
} from '../values/index.ts';
import { type AccumulatorCompiler, missingAsNull } from './accumulation.ts';
import type { ExpressionScope } from './types.ts';

// So many more than needed are kept, so that it need not be sorted for each.
const SPARE = 1000;

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
export function several(
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
          if (all.length > n * 2 + SPARE) all = keep(all, n, scope.collator);
        },
        result: () => keep(all, n, scope.collator),
      };
    };
  };
}

/** `$top`, `$topN`, `$bottom`, `$bottomN`: by a sort of their own. */
export function ranked(end: 'top' | 'bottom', single: boolean): AccumulatorCompiler {
  return (arg, scope, name) => {
    if (!isPlain(arg))
      throw new MongoError(5788001, `specification must be an object; found ${name}: ${show(arg)}`);
    const { sortBy, output } = arg;
    if (!isPlain(sortBy)) throw new MongoError(5788005, `Missing value for 'sortBy'`);
    if (output === undefined) throw new MongoError(5788004, `Missing value for 'output'`);
    const n = single ? 1 : readCount(arg, scope, name);
    const sorter = sorterOf(sortBy, scope.collator);
    const value: Expression = compileExpression(output, scope);
    return (budget) => {
      let all: { key: Value[]; v: Value }[] = [];
      const keep = (): typeof all => {
        const sorted = all.sort((a, b) => sorter.compare(a.key, b.key));
        return end === 'top' ? sorted.slice(0, n) : sorted.slice(-n);
      };
      return {
        add: (doc) => {
          const v = missingAsNull(value(doc));
          if (all.length < n) budget.take(v);
          all.push({ key: sorter.keyOf(doc), v });
          if (all.length > n * 2 + SPARE) all = keep();
        },
        result: () => {
          all = keep();
          const kept = all.map((e) => e.v);
          return single ? missingAsNull(kept[0]) : kept;
        },
      };
    };
  };
}

/** `$median` and `$percentile`. */
export function quantiles(median: boolean): AccumulatorCompiler {
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
          const sorted = [...Float64Array.from(all).sort()];
          const found = ps.map((p): Value => {
            const v = percentile(sorted, p);
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

/** Accumulators written in JavaScript are not offered. */
export const refuseScript: AccumulatorCompiler = (_arg, _scope, name) => {
  throw new MongoError(31264, `${name} requires server-side JavaScript, which is not enabled`);
};

import { failedToParse, MongoError } from '../errors.ts';
import { compileExpression, type Expression } from '../expression/index.ts';
import type { Sorter, SortKey } from '../order/index.ts';
import {
  type Doc,
  doubleOf,
  isArr,
  isDate,
  isIntegral,
  isNullish,
  isNum,
  isPlain,
  toNumber,
  type Value,
  valueAt,
} from '../values/index.ts';
import type { StageScope } from './types.ts';
import { BREATH } from './flow.ts';
import type { Bounds, Window } from './windowBounds.ts';

/** One partition, sorted. */
export interface Partition {
  docs: readonly Doc[];
  sorter: Sorter | undefined;
}

/** A function of windows: the values of one field for all documents of a partition; gives way now and then. */
export type WindowFunction = (partition: Partition) => Generator<null, Value[]>;

/** Makes one value after the other, giving way now and then. */
function* each<T>(n: number, value: (i: number) => T): Generator<null, T[]> {
  const out: T[] = [];
  for (let i = 0; i < n; i++) {
    out.push(value(i));
    if (i % BREATH === 0) yield null;
  }
  return out;
}

type FunctionCompiler = (arg: Value, context: FunctionContext) => WindowFunction;

/** What a window function is compiled with. */
export interface FunctionContext {
  name: string;
  scope: StageScope;
  bounds: Bounds | undefined;
  sortBy: Doc | undefined;
}

function needSort(context: FunctionContext, code: number): Doc {
  if (context.sortBy) return context.sortBy;
  throw new MongoError(
    code,
    `${context.name} must be specified with a top level sortBy expression`,
  );
}

function ranks(next: (i: number, same: boolean, before: number) => number): FunctionCompiler {
  return (arg, context) => {
    if (!isPlain(arg) || Object.keys(arg).length > 0) {
      throw new MongoError(5371603, `${context.name} must be specified with '{}' as the value`);
    }
    if (context.bounds)
      throw new MongoError(5371601, `Rank style window functions take no other arguments`);
    needSort(context, 5371602);
    return ({ docs, sorter }) => {
      let before = 0;
      let last: SortKey = [];
      return each(docs.length, (i) => {
        const key = sorter?.keyOf(docs[i] as Doc) ?? [];
        before = next(i, i > 0 && sorter?.compare(key, last) === 0, before);
        last = key;
        return before;
      });
    };
  };
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/shift/ */
const $shift: FunctionCompiler = (arg, context) => {
  if (!isPlain(arg)) throw failedToParse(`Argument to $shift must be an object`);
  needSort(context, 5371602);
  const { output, by } = arg;
  if (!isNum(by ?? null) || !isIntegral(by as number))
    throw failedToParse("'$shift:by' field must be an integer");
  const value = compileExpression(output, context.scope);
  const fallback = compileExpression(arg['default'] ?? null, context.scope)({});
  const step = toNumber(by as number);
  return ({ docs }) =>
    each(docs.length, (i) => {
      const from = docs[i + step];
      return from ? value(from) : fallback;
    });
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/expMovingAvg/ */
const $expMovingAvg: FunctionCompiler = (arg, context) => {
  if (!isPlain(arg))
    throw failedToParse(
      "$expMovingAvg must have exactly an 'input' and either an 'N' or an 'alpha'",
    );
  needSort(context, 5433603);
  const { N, alpha, input } = arg;
  if ((N === undefined) === (alpha === undefined)) {
    throw failedToParse("$expMovingAvg sub object must have exactly one of 'N' and 'alpha'");
  }
  const weight = isNum(alpha) ? toNumber(alpha) : isNum(N) ? 2 / (toNumber(N) + 1) : Number.NaN;
  if (!(weight > 0 && weight < 1) && !(isNum(N) && weight === 1)) {
    throw failedToParse("'alpha' must be between 0 and 1 (exclusive)");
  }
  const value = compileExpression(input, context.scope);
  return ({ docs }) => {
    let average: number | undefined;
    return each(docs.length, (i) => {
      const v = value(docs[i] as Doc);
      if (isNum(v))
        average =
          average === undefined ? toNumber(v) : toNumber(v) * weight + average * (1 - weight);
      return average === undefined ? null : doubleOf(average);
    });
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/locf/ */
const $locf: FunctionCompiler = (arg, context) => {
  const value = compileExpression(arg, context.scope);
  return ({ docs }) => {
    let last: Value = null;
    return each(docs.length, (i) => {
      const v = value(docs[i] as Doc);
      if (!isNullish(v)) last = v;
      return last;
    });
  };
};

const axis = (v: Value): number => (isDate(v) ? v.getTime() : isNum(v) ? toNumber(v) : Number.NaN);

function onlySortField(context: FunctionContext): readonly string[] {
  const names = Object.keys(needSort(context, 605001));
  if (names.length !== 1)
    throw new MongoError(
      605001,
      `${context.name} must be specified with a top level sortBy expression with exactly one element`,
    );
  return (names[0] as string).split('.');
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/linearFill/ */
const $linearFill: FunctionCompiler = (arg, context) => {
  const path = onlySortField(context);
  const value = compileExpression(arg, context.scope);
  return function* ({ docs }) {
    const xs = yield* each(docs.length, (i) => axis(valueAt(docs[i] as Doc, path)));
    const ys = yield* each(docs.length, (i) => value(docs[i] as Doc));
    let left: number | undefined;
    let right: number | undefined = -1;
    return yield* each(ys.length, (i) => {
      const y = ys[i];
      if (isNum(y)) left = i;
      if (!isNullish(y)) return y;
      if (right !== undefined && right < i) right = nextNumber(ys, i);
      if (left === undefined || right === undefined) return null;
      const [x0, x1] = [xs[left] as number, xs[right] as number];
      const [y0, y1] = [toNumber(ys[left] as number), toNumber(ys[right] as number)];
      return doubleOf(y0 + ((y1 - y0) * ((xs[i] as number) - x0)) / (x1 - x0));
    });
  };
};

function nextNumber(list: readonly Value[], after: number): number | undefined {
  for (let i = after; i < list.length; i++) if (isNum(list[i])) return i;
  return undefined;
}

const TIME_UNITS: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};

/** Points of a partition as numbers: what was sorted by against the input. */
interface Points {
  xs: readonly number[];
  ys: readonly number[];
}

function slope(over: (points: Points, window: Window) => number | null): FunctionCompiler {
  return (arg, context) => {
    if (!isPlain(arg)) throw failedToParse(`${context.name} expects an object`);
    const path = onlySortField(context);
    const unit = arg['unit'];
    const scale = unit === undefined ? 1 : typeof unit === 'string' ? TIME_UNITS[unit] : undefined;
    if (scale === undefined) throw new MongoError(5490710, "unit must be 'week' or smaller");
    const value = compileExpression(arg['input'], context.scope);
    if (!context.bounds && context.name === '$derivative') {
      throw new MongoError(5643500, '$derivative requires explicit window bounds');
    }
    return function* (partition) {
      const { docs } = partition;
      const xs = yield* each(docs.length, (i) => axis(valueAt(docs[i] as Doc, path)) / scale);
      const ys = yield* each(docs.length, (i) => {
        const v = value(docs[i] as Doc);
        return isNum(v) ? toNumber(v) : Number.NaN;
      });
      return yield* eachWindow(partition, context, (window) => {
        const y = over({ xs, ys }, window);
        return y === null || Number.isNaN(y) ? null : doubleOf(y);
      });
    };
  };
}

function covariance(ofSample: boolean): FunctionCompiler {
  return (arg, context) => {
    if (!isArr(arg) || arg.length !== 2)
      throw failedToParse(`${context.name} expects an array of ' 2' expressions`);
    const [x, y] = arg.map((e) => compileExpression(e, context.scope)) as [Expression, Expression];
    return (partition) =>
      eachWindow(partition, context, ([from, to]) => {
        const points = partition.docs
          .slice(from, to)
          .map((d) => [x(d), y(d)] as const)
          .filter(([a, b]) => isNum(a) && isNum(b))
          .map(([a, b]) => [toNumber(a as number), toNumber(b as number)] as const);
        const by = ofSample ? points.length - 1 : points.length;
        if (by <= 0) return null;
        const meanX = points.reduce((s, p) => s + p[0], 0) / points.length;
        const meanY = points.reduce((s, p) => s + p[1], 0) / points.length;
        return doubleOf(points.reduce((s, p) => s + (p[0] - meanX) * (p[1] - meanY), 0) / by);
      });
  };
}

/** The window of each document; the whole partition by default. */
export function windowsOf(partition: Partition, context: FunctionContext): (i: number) => Window {
  const whole: Window = [0, partition.docs.length];
  return context.bounds ? context.bounds(partition) : () => whole;
}

/** One value for each document's window, made once for windows that are the same. */
function* eachWindow(
  partition: Partition,
  context: FunctionContext,
  over: (window: Window) => Value,
): Generator<null, Value[]> {
  const windowOf = windowsOf(partition, context);
  const out: Value[] = [];
  let [from, to] = [-1, -1];
  let value: Value;
  for (let i = 0; i < partition.docs.length; i++) {
    const window = windowOf(i);
    if (window[0] !== from || window[1] !== to) {
      value = over(window);
      [from, to] = window;
    }
    out.push(value);
    yield null;
  }
  return out;
}

/** Functions that only windows have. */
export const FUNCTIONS: Readonly<Record<string, FunctionCompiler>> = {
  $rank: ranks((i, same, before) => (same ? before : i + 1)),
  $denseRank: ranks((_i, same, before) => (same ? before : before + 1)),
  $documentNumber: ranks((i) => i + 1),
  $shift,
  $expMovingAvg,
  $locf,
  $linearFill,
  $derivative: slope(({ xs, ys }, [from, to]) => {
    if (to - from < 2) return null;
    const last = to - 1;
    return (
      ((ys[last] as number) - (ys[from] as number)) / ((xs[last] as number) - (xs[from] as number))
    );
  }),
  $integral: slope(({ xs, ys }, [from, to]) => {
    let area = 0;
    for (let i = from + 1; i < to; i++) {
      area +=
        (((ys[i] as number) + (ys[i - 1] as number)) / 2) *
        ((xs[i] as number) - (xs[i - 1] as number));
    }
    return area;
  }),
  $covariancePop: covariance(false),
  $covarianceSamp: covariance(true),
};

import { MongoError, failedToParse } from '../errors.ts';
import { addUnit, UNITS, UTC, type Unit } from '../expression/index.ts';
import { compare, keyText, sortGradually } from '../order/index.ts';
import {
  arith,
  isArr,
  isDate,
  isNullish,
  isNum,
  toNumber,
  typeName,
  valueAt,
  type Doc,
  type Numeric,
  type Value,
} from '../values/index.ts';
import { Budget } from './budget.ts';
import { gather } from './flow.ts';
import { stageOptions } from './simple.ts';
import type { Flow, StageCompiler } from './types.ts';
import { withPath } from './unwind.ts';

interface Range {
  step: Numeric;
  unit: Unit | undefined;
  bounds: 'full' | 'partition' | [Value, Value];
}

function readRange(given: Value): Range {
  const { step, unit, bounds } = stageOptions(given, '$densify.range', ['step', 'unit', 'bounds']);
  if (!isNum(step ?? null) || toNumber(step as Numeric) <= 0) {
    throw new MongoError(
      5733401,
      'The step parameter in a range statement must be a strictly positive numeric value',
    );
  }
  if (unit !== undefined && (typeof unit !== 'string' || !UNITS.has(unit))) {
    throw failedToParse(`unknown time unit value: ${String(unit)}`);
  }
  const range = { step: step as Numeric, unit: unit as Unit | undefined };
  if (bounds === 'full' || bounds === 'partition') return { ...range, bounds };
  if (!isArr(bounds) || bounds.length !== 2 || compare(bounds[0], bounds[1]) > 0) {
    throw new MongoError(
      5733403,
      "Bounds must be 'full', 'partition' or an ascending array of two values",
    );
  }
  return { ...range, bounds: [bounds[0], bounds[1]] };
}

/** The value `n` steps after another. */
function stepFrom(start: Value, n: number, { step, unit }: Range): Value {
  if (isDate(start)) {
    if (!unit) throw new MongoError(6053600, '$densify: a unit is needed for dates');
    return new Date(addUnit(start.getTime(), unit, toNumber(step) * n, UTC));
  }
  if (!isNum(start) || unit) {
    throw new MongoError(
      5733201,
      `$densify field must be numeric (or a date with a unit), not ${typeName(start)}`,
    );
  }
  return arith('add', start, arith('multiply', step, n) ?? 0);
}

interface Partition {
  fields: [string[], Value][];
  docs: { v: Value; doc: Doc }[];
}

/**
 * Adds documents where values of a field are missing.
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/densify/
 */
export const $densify: StageCompiler = (arg, scope) => {
  const given = stageOptions(arg, '$densify', ['field', 'partitionByFields', 'range']);
  const { field, partitionByFields: names = [] } = given;
  if (typeof field !== 'string' || field === '') throw failedToParse("$densify needs a 'field'");
  if (!isArr(names) || !names.every((n): n is string => typeof n === 'string')) {
    throw failedToParse("'partitionByFields' must be an array of strings");
  }
  if (names.includes(field))
    throw new MongoError(8993000, '$densify cannot partition by the field it fills');
  const path = field.split('.');
  const paths = names.map((n) => n.split('.'));
  const range = readRange(given['range']);
  return function* (input) {
    const all = yield* gather(input, new Budget('$densify', scope.memoryBytes));
    const partitions = new Map<string, Partition>();
    for (const doc of all) {
      const v = valueAt(doc, path);
      if (!isNullish(v)) place(doc, v, paths, partitions);
      yield isNullish(v) ? doc : null;
    }
    let ends: Ends | undefined;
    for (const p of partitions.values()) {
      p.docs = yield* sortGradually(p.docs, (a, b) => compare(a.v, b.v));
      ends = widen(ends, p);
    }
    for (const p of partitions.values()) yield* dense(p, path, range, ends);
  };
};

function place(doc: Doc, v: Value, paths: string[][], partitions: Map<string, Partition>): void {
  const fields = paths.map((p): [string[], Value] => [p, valueAt(doc, p)]);
  const key = keyText(fields.map(([, x]) => (x === undefined ? null : x)));
  const partition = partitions.get(key) ?? { fields, docs: [] };
  partition.docs.push({ v, doc });
  partitions.set(key, partition);
}

/** The least and the greatest value. */
type Ends = [Value, Value];

/** The ends of all partitions so far with one more, whose documents are sorted. */
function widen(ends: Ends | undefined, { docs }: Partition): Ends {
  const least = docs[0]?.v;
  const greatest = docs.at(-1)?.v;
  if (!ends) return [least, greatest];
  return [
    compare(least, ends[0]) < 0 ? least : ends[0],
    compare(greatest, ends[1]) > 0 ? greatest : ends[1],
  ];
}

function* dense(p: Partition, path: string[], range: Range, all: Ends | undefined): Flow {
  const { bounds } = range;
  const own = p.docs.map((d) => d.v);
  const [low, high] = isArr(bounds) ? bounds : bounds === 'full' && all ? all : widen(undefined, p);
  // Given bounds leave their end out; those that are found have a document there.
  const inside = (v: Value): boolean => compare(v, high) < (isArr(bounds) ? 0 : 1);
  let at = 0;
  for (let n = 0; ; n++) {
    const v = stepFrom(low, n, range);
    const more = inside(v);
    for (; at < p.docs.length && (!more || compare(own[at], v) < 0); at++)
      yield p.docs[at]?.doc ?? {};
    if (!more) return;
    if (at < p.docs.length && compare(own[at], v) === 0) continue;
    const filled = p.fields.reduce(
      (doc, [q, x]) => (x === undefined ? doc : withPath(doc, q, x)),
      {} as Doc,
    );
    yield withPath(filled, path, v);
  }
}

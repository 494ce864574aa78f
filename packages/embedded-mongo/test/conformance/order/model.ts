import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import fc from 'fast-check';
import type { Doc, Value } from '../../../src/values/index.ts';

/**
 * Values as a model that knows nothing of BSON's classes, with the manual's comparison written
 * over it, to hold the real one against.
 * @see https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export type Model =
  | { kind: 'min' | 'max' | 'null' }
  | { kind: 'int' | 'double'; n: number }
  | { kind: 'long'; n: bigint }
  | { kind: 'decimal'; coefficient: bigint; exponent: number }
  | { kind: 'string'; s: string }
  | { kind: 'object'; fields: [string, Model][] }
  | { kind: 'array'; list: Model[] }
  | { kind: 'binary'; bytes: number[]; subType: number }
  | { kind: 'id'; bytes: number[] }
  | { kind: 'bool'; b: boolean }
  | { kind: 'date'; ms: number }
  | { kind: 'timestamp'; t: number; i: number }
  | { kind: 'regex'; pattern: string; options: string }
  | { kind: 'code'; text: string };

/** The manual's list, from first to last; number types are one. */
const TYPES: Model['kind'][][] = [
  ['min'],
  ['null'],
  ['int', 'long', 'double', 'decimal'],
  ['string'],
  ['object'],
  ['array'],
  ['binary'],
  ['id'],
  ['bool'],
  ['date'],
  ['timestamp'],
  ['regex'],
  ['code'],
  ['max'],
];

const placeOf = (m: Model): number => TYPES.findIndex((kinds) => kinds.includes(m.kind));

interface Fraction {
  n: bigint;
  d: bigint;
}

/** A number as an exact fraction, or its name when it is none. */
function fractionOf(m: Model): Fraction | 'NaN' | 'below all' | 'above all' {
  if (m.kind === 'long') return { n: m.n, d: 1n };
  if (m.kind === 'decimal') {
    return m.exponent >= 0
      ? { n: m.coefficient * 10n ** BigInt(m.exponent), d: 1n }
      : { n: m.coefficient, d: 10n ** BigInt(-m.exponent) };
  }
  const v = (m as { n: number }).n;
  if (Number.isNaN(v)) return 'NaN';
  if (!Number.isFinite(v)) return v > 0 ? 'above all' : 'below all';
  let d = 1n;
  let x = v;
  while (!Number.isInteger(x)) {
    x *= 2;
    d *= 2n;
  }
  return { n: BigInt(x), d };
}

function compareNumbers(a: Model, b: Model): number {
  const order = ['NaN', 'below all', 'finite', 'above all'];
  const x = fractionOf(a);
  const y = fractionOf(b);
  if (typeof x === 'string' || typeof y === 'string') {
    const place = (f: typeof x): number => order.indexOf(typeof f === 'string' ? f : 'finite');
    return place(x) - place(y);
  }
  const left = x.n * y.d;
  const right = y.n * x.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

const compareBytes = (a: number[], b: number[]): number => {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const d = (a[i] as number) - (b[i] as number);
    if (d !== 0) return d;
  }
  return a.length - b.length;
};
const utf8 = (s: string): number[] => [...new TextEncoder().encode(s)];

function compareLists<T>(a: T[], b: T[], compare: (x: T, y: T) => number): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const d = compare(a[i] as T, b[i] as T);
    if (d !== 0) return d;
  }
  return a.length - b.length;
}

/** The manual's comparison. */
export function compareModels(a: Model, b: Model): number {
  const byType = placeOf(a) - placeOf(b);
  if (byType !== 0) return byType;
  switch (a.kind) {
    case 'min':
    case 'max':
    case 'null':
      return 0;
    case 'int':
    case 'long':
    case 'double':
    case 'decimal':
      return compareNumbers(a, b);
    case 'string':
      return compareBytes(utf8(a.s), utf8((b as typeof a).s));
    case 'object':
      return compareLists(a.fields, (b as typeof a).fields, ([k, x], [l, y]) => {
        // Per field: first its type, then its name, then its value.
        return placeOf(x) - placeOf(y) || compareBytes(utf8(k), utf8(l)) || compareModels(x, y);
      });
    case 'array':
      return compareLists(a.list, (b as typeof a).list, compareModels);
    case 'binary': {
      const other = b as typeof a;
      // First length, then subtype, then the bytes.
      return (
        a.bytes.length - other.bytes.length ||
        a.subType - other.subType ||
        compareBytes(a.bytes, other.bytes)
      );
    }
    case 'id':
      return compareBytes(a.bytes, (b as typeof a).bytes);
    case 'bool':
      return Number(a.b) - Number((b as typeof a).b);
    case 'date':
      return a.ms - (b as typeof a).ms;
    case 'timestamp':
      return a.t - (b as typeof a).t || a.i - (b as typeof a).i;
    case 'regex':
      return (
        compareBytes(utf8(a.pattern), utf8((b as typeof a).pattern)) ||
        compareBytes(utf8(a.options), utf8((b as typeof a).options))
      );
    case 'code':
      return compareBytes(utf8(a.text), utf8((b as typeof a).text));
  }
}

/** The BSON value a model stands for. */
export function plainOf(m: Model): Value {
  switch (m.kind) {
    case 'min':
      return new MinKey();
    case 'max':
      return new MaxKey();
    case 'null':
      return null;
    case 'int':
      return m.n;
    case 'double':
      return Number.isInteger(m.n) && Math.abs(m.n) < 2 ** 31 && !Object.is(m.n, -0)
        ? new Double(m.n)
        : m.n;
    case 'long':
      return Long.fromBigInt(m.n);
    case 'decimal':
      return Decimal128.fromString(`${m.coefficient}E${m.exponent}`);
    case 'string':
      return m.s;
    case 'object': {
      const out: Doc = {};
      for (const [k, v] of m.fields) out[k] = plainOf(v);
      return out;
    }
    case 'array':
      return m.list.map(plainOf);
    case 'binary':
      return new Binary(Uint8Array.from(m.bytes), m.subType);
    case 'id':
      return new ObjectId(Uint8Array.from(m.bytes));
    case 'bool':
      return m.b;
    case 'date':
      return new Date(m.ms);
    case 'timestamp':
      return new Timestamp({ t: m.t, i: m.i });
    case 'regex':
      return new BSONRegExp(m.pattern, m.options);
    case 'code':
      return new Code(m.text);
  }
}

/** Numbers that lie close to each other across types. */
const edges = [
  0,
  1,
  -1,
  2,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 53,
  2 ** 53 - 1,
  -(2 ** 53),
  2 ** 63,
  -(2 ** 63),
  0.1,
  0.5,
  1e15,
  1e22,
  5e-324,
  1.7976931348623157e308,
];

const double = fc
  .oneof(fc.double(), fc.constantFrom(...edges, -0, NaN, Infinity, -Infinity))
  .map((n): Model => ({ kind: 'double', n }));
const long = fc
  .oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc
      .tuple(
        fc.constantFrom(0n, 2n ** 53n, -(2n ** 53n), 2n ** 62n, -(2n ** 63n) + 8n, 2n ** 63n - 9n),
        fc.bigInt({ min: -8n, max: 8n }),
      )
      .map(([a, b]) => a + b),
  )
  .map((n): Model => ({ kind: 'long', n }));
const decimal = fc
  .oneof(
    fc.record({
      coefficient: fc.bigInt({ min: -(10n ** 34n) + 1n, max: 10n ** 34n - 1n }),
      exponent: fc.integer({ min: -60, max: 40 }),
    }),
    fc.record({
      coefficient: fc.bigInt({ min: -200n, max: 200n }),
      exponent: fc.integer({ min: -3, max: 3 }),
    }),
    fc.record({
      coefficient: fc.bigInt({ min: 2n ** 53n - 20n, max: 2n ** 53n + 20n }),
      exponent: fc.constantFrom(0, 0),
    }),
    fc.record({
      coefficient: fc.bigInt({ min: 2n ** 53n * 100n - 2000n, max: 2n ** 53n * 100n + 2000n }),
      exponent: fc.constant(-2),
    }),
    fc.record({
      coefficient: fc.bigInt({ min: -9n, max: 9n }),
      exponent: fc.constantFrom(-6176, -400, -324, 308, 309, 400, 6111),
    }),
  )
  .map((d): Model => ({ kind: 'decimal', ...d }));

const text = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('', 'a', 'a\0', 'a\u0001', 'A', 'é', '\uffff', '\u{10000}', 'ab'),
);
// JS moves names that are whole numbers to the front of an object.
const name = text.filter((s) => !/^\d+$/.test(s) && !s.includes('\0') && s !== '__proto__');
const noNul = text.filter((s) => !s.includes('\0'));
const byte = fc.integer({ min: 0, max: 255 });

const simple: fc.Arbitrary<Model> = fc.oneof(
  fc.constantFrom<Model>({ kind: 'min' }, { kind: 'max' }, { kind: 'null' }),
  fc
    .oneof(fc.integer(), fc.constantFrom(0, 1, -1, 2 ** 31 - 1))
    .map((n): Model => ({ kind: 'int', n })),
  double,
  long,
  decimal,
  text.map((s): Model => ({ kind: 'string', s })),
  fc
    .record({ bytes: fc.array(byte, { maxLength: 4 }), subType: fc.constantFrom(0, 4, 128) })
    .map((b): Model => ({ kind: 'binary', ...b })),
  fc.array(byte, { minLength: 12, maxLength: 12 }).map((bytes): Model => ({ kind: 'id', bytes })),
  fc.boolean().map((b): Model => ({ kind: 'bool', b })),
  fc.integer({ min: -8e15, max: 8e15 }).map((ms): Model => ({ kind: 'date', ms })),
  fc.record({ t: fc.nat(2 ** 31), i: fc.nat(5) }).map((t): Model => ({ kind: 'timestamp', ...t })),
  fc
    .record({ pattern: noNul, options: fc.constantFrom('', 'i', 'im') })
    .map((r): Model => ({ kind: 'regex', ...r })),
  text.map((t): Model => ({ kind: 'code', text: t })),
);

/** Numbers of all four types. */
export const numbers: fc.Arbitrary<Model> = fc.oneof(
  fc
    .constantFrom(...edges)
    .filter((n) => (n | 0) === n)
    .map((n): Model => ({ kind: 'int', n })),
  double,
  long,
  decimal,
);

/** Any value. */
export const models: fc.Arbitrary<Model> = fc.letrec<{ any: Model }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    simple,
    fc.array(tie('any'), { maxLength: 3 }).map((list): Model => ({ kind: 'array', list })),
    fc
      .uniqueArray(fc.tuple(name, tie('any')), { maxLength: 3, selector: ([k]) => k })
      .map((fields): Model => ({ kind: 'object', fields })),
  ),
})).any;

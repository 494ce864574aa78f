import fc from 'fast-check';

/**
 * Updates over plain JSON by the manual's words, written without a look at the real code: small
 * whole numbers, strings, arrays and documents, paths of one to three names.
 */
export type Json = null | number | string | Json[] | { [field: string]: Json };
export type JsonDoc = { [field: string]: Json };

/** What an update does where the manual says that it is an error. */
export class Refused extends Error {}

const isDoc = (v: Json | undefined): v is JsonDoc =>
  typeof v === 'object' && v !== null && !Array.isArray(v);
const isIndex = (name: string): boolean => /^\d$/.test(name);
const same = (a: Json | undefined, b: Json | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** The value at a path, or undefined. */
function at(v: Json | undefined, path: string[]): Json | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return v;
  if (Array.isArray(v)) return isIndex(name) ? at(v[Number(name)], rest) : undefined;
  return isDoc(v) && Object.hasOwn(v, name) ? at(v[name], rest) : undefined;
}

/** A copy with a value put at a path; missing documents are made. */
function put(v: Json | undefined, path: string[], value: Json): Json {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (v === undefined) return { [name]: put(undefined, rest, value) };
  if (Array.isArray(v)) {
    if (!isIndex(name)) throw new Refused();
    const out = v.slice();
    while (out.length < Number(name)) out.push(null);
    out[Number(name)] = put(out[Number(name)], rest, value);
    return out;
  }
  if (!isDoc(v)) throw new Refused();
  return { ...v, [name]: put(Object.hasOwn(v, name) ? v[name] : undefined, rest, value) };
}

/** A copy without what is at a path; an array's element becomes null. */
function drop(v: Json, path: string[]): Json {
  const [name, ...rest] = path as [string, ...string[]];
  if (at(v, path) === undefined) return v;
  if (Array.isArray(v)) {
    return v.map((e, i) => (i === Number(name) ? (rest.length === 0 ? null : drop(e, rest)) : e));
  }
  const out = { ...(v as JsonDoc) };
  if (rest.length === 0) delete out[name];
  else out[name] = drop(out[name] as Json, rest);
  return out;
}

function needNumber(v: Json): number {
  if (typeof v !== 'number') throw new Refused();
  return v;
}

function needArray(v: Json): Json[] {
  if (!Array.isArray(v)) throw new Refused();
  return v;
}

/** Types in the manual's order, as far as JSON has them. */
function typePlace(v: Json): number {
  if (v === null) return 0;
  if (typeof v === 'number') return 1;
  if (typeof v === 'string') return 2;
  return Array.isArray(v) ? 4 : 3;
}

function less(a: Json, b: Json): boolean {
  if (typePlace(a) !== typePlace(b)) return typePlace(a) < typePlace(b);
  if (typeof a === 'number' || typeof a === 'string') return a < (b as typeof a);
  throw new Error('the model does not order documents and arrays');
}

type Apply = (doc: JsonDoc, path: string[], arg: Json) => Json;

/** Whether a path could be made: what creates a field refuses to go through other values. */
const make = (doc: JsonDoc, path: string[], value: (old: Json | undefined) => Json): Json => {
  put(doc, path, 0);
  return put(doc, path, value(at(doc, path)));
};

const OPERATORS: Record<string, Apply> = {
  $set: (doc, path, arg) => put(doc, path, arg),
  $unset: (doc, path) => drop(doc, path),
  $inc: (doc, path, arg) =>
    make(doc, path, (old) => (old === undefined ? arg : needNumber(old) + needNumber(arg))),
  $mul: (doc, path, arg) =>
    make(doc, path, (old) => (old === undefined ? 0 : needNumber(old) * needNumber(arg) || 0)),
  $min: (doc, path, arg) =>
    make(doc, path, (old) => (old === undefined || less(arg, old) ? arg : old)),
  $max: (doc, path, arg) =>
    make(doc, path, (old) => (old === undefined || less(old, arg) ? arg : old)),
  $push: (doc, path, arg) =>
    make(doc, path, (old) => [...(old === undefined ? [] : needArray(old)), arg]),
  $addToSet: (doc, path, arg) =>
    make(doc, path, (old) => {
      const list = old === undefined ? [] : needArray(old);
      return list.some((e) => same(e, arg)) ? list : [...list, arg];
    }),
  $pop: (doc, path, arg) => {
    const old = at(doc, path);
    if (old === undefined) return doc;
    const list = needArray(old);
    return put(doc, path, arg === 1 ? list.slice(0, -1) : list.slice(1));
  },
  $pull: (doc, path, arg) => {
    const old = at(doc, path);
    if (old === undefined) return doc;
    return put(
      doc,
      path,
      needArray(old).filter((e) => !same(e, arg)),
    );
  },
  $pullAll: (doc, path, arg) => {
    const old = at(doc, path);
    if (old === undefined) return doc;
    return put(
      doc,
      path,
      needArray(old).filter((e) => !(arg as Json[]).some((a) => same(e, a))),
    );
  },
};

/** One operator on one path. */
export interface Change {
  operator: string;
  path: string[];
  arg: Json;
}

/** Applies changes of different top-level fields, in the order of their names. */
export function applyModel(doc: JsonDoc, changes: readonly Change[]): JsonDoc {
  const ordered = [...changes].sort((a, b) => (a.path.join('.') < b.path.join('.') ? -1 : 1));
  return ordered.reduce<JsonDoc>(
    (now, c) => (OPERATORS[c.operator] as Apply)(now, c.path, c.arg) as JsonDoc,
    doc,
  );
}

const FIELDS = ['a', 'b', 'c'];
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom<Json>('x', 'y', null),
);
const json: fc.Arbitrary<Json> = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 2 },
    scalar,
    fc.array(tie('any'), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...FIELDS), tie('any')), {
        maxLength: 3,
        selector: ([k]) => k,
      })
      .map((f): Json => Object.fromEntries(f)),
  ),
})).any;

export const docs: fc.Arbitrary<JsonDoc> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...FIELDS), json), { maxLength: 3, selector: ([k]) => k })
  .map((f) => ({ _id: 1, ...Object.fromEntries(f) }));

const rest = fc.array(fc.constantFrom('a', 'b', '0', '1'), { maxLength: 2 });

function changeOf(first: string): fc.Arbitrary<Change> {
  const operator = fc.constantFrom(...Object.keys(OPERATORS));
  return fc
    .tuple(
      operator,
      rest,
      scalar,
      json,
      fc.integer({ min: -3, max: 3 }),
      fc.array(scalar, { maxLength: 3 }),
    )
    .map(([op, tail, small, any, n, list]) => {
      const args: Record<string, Json> = {
        $inc: n,
        $mul: n,
        $min: small,
        $max: small,
        $pop: n < 0 ? -1 : 1,
        $pull: small,
        $pullAll: list,
      };
      // An array that is pushed is one element; `$each` is not generated.
      return { operator: op, path: [first, ...tail], arg: op in args ? (args[op] as Json) : any };
    });
}

/** Up to three changes of different top-level fields. */
export const changes: fc.Arbitrary<Change[]> = fc
  .subarray(FIELDS, { minLength: 1 })
  .chain((names) => fc.tuple(...names.map(changeOf)));

import { describe, expect, it } from 'vitest';
import { collect, compilePipeline, type Collections } from '../../src/aggregate/index.ts';
import { MongoError } from '../../src/errors.ts';
import { evalExpr } from '../../src/expression/index.ts';
import { compile } from '../../src/match/index.ts';
import { identical } from '../../src/order/index.ts';
import { projector } from '../../src/project/index.ts';
import { compileUpdate, upsertDoc, type UpdateOptions } from '../../src/update/index.ts';
import {
  decode,
  encode,
  isNum,
  show,
  toNumber,
  type Doc,
  type Value,
} from '../../src/values/index.ts';
import { Fails, Near, type Expected } from './values.ts';

/** One subject of the manual: the page and what it states. */
export interface Table<Row> {
  name: string;
  page: string;
  rows: Row[];
}

/** Values as they come over the wire: rows are written in JS and read back from BSON. */
export const wire = <T extends Value>(v: T): T => decode(encode({ v }))['v'] as T;

function codeOf(run: () => unknown): number | undefined {
  try {
    run();
    return undefined;
  } catch (e) {
    if (e instanceof MongoError) return e.code;
    throw e;
  }
}

function check(run: () => Value, expected: Expected): void {
  if (expected instanceof Fails) {
    expect(codeOf(run)).toBe(expected.code);
    return;
  }
  const got = run();
  if (expected instanceof Near) {
    expect(isNum(got) ? toNumber(got) : Number.NaN).toBeCloseTo(expected.value, 9);
    return;
  }
  const wanted = expected === undefined ? undefined : wire(expected);
  const same =
    got === undefined ? wanted === undefined : wanted !== undefined && identical(wire(got), wanted);
  expect(same, `got ${show(got)}, expected ${show(wanted)}`).toBe(true);
}

const titleOf = (v: Expected): string => {
  if (v instanceof Fails) return `error ${v.code}`;
  return v instanceof Near ? `about ${v.value}` : show(v);
};

/** A filter with documents it finds and documents it passes over, or the error it is refused with. */
export type MatchRow =
  | { filter: Doc; yes?: Doc[]; no?: Doc[]; collation?: Doc }
  | { filter: Doc; error: number };

export const countMatchRows = (tables: Table<MatchRow>[]): number =>
  tables
    .flatMap((t) => t.rows)
    .reduce((n, r) => n + ('error' in r ? 1 : (r.yes?.length ?? 0) + (r.no?.length ?? 0)), 0);

export function runMatchTables(tables: Table<MatchRow>[]): void {
  for (const table of tables) {
    describe(`${table.name} (${table.page})`, () => {
      for (const row of table.rows) {
        const filter = wire(row.filter);
        if ('error' in row) {
          it(`refuses ${show(filter)} with ${row.error}`, () => {
            expect(codeOf(() => compile(filter))).toBe(row.error);
          });
          continue;
        }
        const cases = [
          ...(row.yes ?? []).map((d) => [d, true] as const),
          ...(row.no ?? []).map((d) => [d, false] as const),
        ];
        for (const [given, holds] of cases) {
          const doc = wire(given);
          it(`${show(filter)} ${holds ? 'finds' : 'passes over'} ${show(doc)}`, () => {
            expect(compile(filter, row.collation)(doc)).toBe(holds);
          });
        }
      }
    });
  }
}

/** An expression, what it gives, and the document it reads (`{}` by default). */
export type ExpressionRow = [expression: Value, expected: Expected, doc?: Doc];

export function runExpressionTables(tables: Table<ExpressionRow>[]): void {
  for (const table of tables) {
    describe(`${table.name} (${table.page})`, () => {
      table.rows.forEach(([expression, expected, doc = {}], i) => {
        it(`${i + 1}: ${show(wire(expression))} of ${show(wire(doc))} is ${titleOf(expected)}`, () => {
          check(() => evalExpr(wire(doc), wire(expression)), expected);
        });
      });
    });
  }
}

/** A document, an update and what the document becomes. */
export type UpdateRow = [
  doc: Doc,
  update: Doc | Doc[],
  expected: Expected,
  options?: UpdateOptions,
];

export function runUpdateTables(tables: Table<UpdateRow>[]): void {
  for (const table of tables) {
    describe(`${table.name} (${table.page})`, () => {
      table.rows.forEach(([doc, update, expected, options], i) => {
        it(`${i + 1}: ${show(wire(update))} on ${show(wire(doc))} gives ${titleOf(expected)}`, () => {
          const old = wire(doc);
          const before = encode(old);
          check(() => compileUpdate(wire(update), options)(old, options), expected);
          expect(encode(old).equals(before), 'the old document was touched').toBe(true);
        });
      });
    });
  }
}

/** A filter and an update that nothing matched, and the document that is inserted. */
export type UpsertRow = [filter: Doc, update: Doc | Doc[], expected: Expected];

export function runUpsertTables(tables: Table<UpsertRow>[]): void {
  for (const table of tables) {
    describe(`${table.name} (${table.page})`, () => {
      table.rows.forEach(([filter, update, expected], i) => {
        it(`${i + 1}: ${show(wire(update))} where ${show(wire(filter))} inserts ${titleOf(expected)}`, () => {
          check(() => upsertDoc(wire(filter), wire(update)), expected);
        });
      });
    });
  }
}

/** A projection, a document and what is left of it; the filter for positional projections. */
export type ProjectRow = [spec: Doc, doc: Doc, expected: Expected, filter?: Doc];

export function runProjectTables(tables: Table<ProjectRow>[]): void {
  for (const table of tables) {
    describe(`${table.name} (${table.page})`, () => {
      table.rows.forEach(([spec, doc, expected, filter = {}], i) => {
        it(`${i + 1}: ${show(wire(spec))} of ${show(wire(doc))} is ${titleOf(expected)}`, () => {
          check(() => {
            const project = projector(wire(spec), wire(filter));
            return project ? project(wire(doc)) : wire(doc);
          }, expected);
        });
      });
    });
  }
}

/** A pipeline, the documents that go in, and those that come out. */
export type StageRow = [
  pipeline: Doc[],
  input: Doc[],
  expected: Doc[] | Fails,
  collections?: Record<string, Doc[]>,
];

/** Collections held in memory. */
function inMemory(docs: Record<string, Doc[]>): Collections {
  const collections: Collections = {
    aggregate: ({ coll }, pipeline, variables) =>
      compilePipeline(pipeline, { variables, collections })(wire(docs[coll] ?? [])),
  };
  return collections;
}

export function runStageTables(tables: Table<StageRow>[]): void {
  for (const table of tables) {
    describe(`${table.name} (${table.page})`, () => {
      table.rows.forEach(([pipeline, input, expected, docs = {}], i) => {
        const title = expected instanceof Fails ? titleOf(expected) : show(wire(expected));
        it(`${i + 1}: ${show(wire(pipeline))} gives ${title}`, () => {
          const options = { collections: inMemory(docs) };
          check(() => collect(compilePipeline(wire(pipeline), options)(wire(input))), expected);
        });
      });
    });
  }
}

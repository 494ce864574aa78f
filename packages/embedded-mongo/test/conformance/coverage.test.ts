import { describe, expect, it } from 'vitest';
import { ACCUMULATORS } from '../../src/aggregate/accumulators.ts';
import { STAGES } from '../../src/aggregate/stages.ts';
import { FUNCTIONS } from '../../src/aggregate/windowFunctions.ts';
import { OPERATORS as EXPRESSIONS } from '../../src/expression/operators.ts';
import { OPERATORS as QUERIES, TOP_LEVEL } from '../../src/match/compile.ts';
import { OPERATORS as UPDATES } from '../../src/update/compile.ts';
import { isArr, isPlain, type Value } from '../../src/values/index.ts';
import { choices } from './expression/choices.ts';
import { collections } from './expression/collections.ts';
import { numbers } from './expression/numbers.ts';
import { texts } from './expression/texts.ts';
import { times } from './expression/times.ts';
import { comparison } from './match/comparison.ts';
import { arrays as matchArrays, bitwise, element, evaluation, logical } from './match/others.ts';
import { projectStages } from './project/tables.ts';
import { joinStages } from './stage/joins.ts';
import { schema } from './match/schema.ts';
import { simpleStages } from './stage/simple.ts';
import { arrays as updateArrays } from './update/arrays.ts';
import { fields } from './update/fields.ts';

/** Names that stand in rows, each with how many rows hold it. */
function namesIn(rows: readonly unknown[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const row of rows) {
    const names = new Set<string>();
    collect(row as Value, names);
    for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  }
  return found;
}

function collect(v: Value, names: Set<string>): void {
  if (isArr(v)) for (const e of v) collect(e, names);
  else if (isPlain(v)) {
    for (const [name, inner] of Object.entries(v)) {
      if (name.startsWith('$')) names.add(name);
      collect(inner, names);
    }
  }
}

const rowsOf = (tables: readonly { rows: readonly unknown[] }[]): unknown[] =>
  tables.flatMap((t) => t.rows);
const queries = rowsOf(
  [comparison, logical, element, matchArrays, evaluation, bitwise, schema].flat(),
);
const expressions = rowsOf([numbers, choices, collections, texts, times].flat());
const updates = rowsOf([fields, updateArrays].flat());
const stages = rowsOf([projectStages, simpleStages, joinStages].flat());

/** Refused all alike; one of each kind is stated. */
const REFUSED_ALIKE = new Set([
  '$nearSphere',
  '$geoIntersects',
  '$within',
  '$maxDistance',
  '$minDistance',
]);

describe.each([
  ['query operator', { ...QUERIES, ...TOP_LEVEL }, queries],
  ['expression', EXPRESSIONS, expressions],
  ['update operator', UPDATES, updates],
  ['stage', STAGES, stages],
  ['accumulator', ACCUMULATORS, stages],
  ['window function', FUNCTIONS, stages],
] as const)('every %s', (_kind, registry, rows) => {
  const found = namesIn(rows);
  const stated = Object.keys(registry).filter((n) => !REFUSED_ALIKE.has(n));

  it.each(stated)('%s is stated in a table', (name) => {
    expect(found.get(name) ?? 0).toBeGreaterThan(0);
  });
});

describe('every table', () => {
  const tables = [
    comparison,
    logical,
    element,
    matchArrays,
    evaluation,
    bitwise,
    numbers,
    choices,
    collections,
    texts,
    times,
    fields,
    updateArrays,
    projectStages,
    simpleStages,
    joinStages,
  ].flat();

  it.each(tables.map((t) => [t.name, t.page]))('%s names its page of the manual', (_name, page) => {
    expect(page).toMatch(/^https:\/\/www\.mongodb\.com\/docs\/manual\/[\w./-]+\/$/);
  });
});

import { describe, expect, it } from 'vitest';
import { comparison } from './match/comparison.ts';
import { arrays, bitwise, collated, element, evaluation, logical } from './match/others.ts';
import { schema } from './match/schema.ts';
import { whereTables } from './match/where.ts';
import { countMatchRows, runMatchTables } from './run.ts';

const tables = [
  comparison,
  logical,
  element,
  arrays,
  evaluation,
  bitwise,
  collated,
  schema,
  whereTables,
].flat();

runMatchTables(tables);

describe('the tables of query operators', () => {
  it('hold at least 600 statements', () => {
    expect(countMatchRows(tables)).toBeGreaterThanOrEqual(600);
  });
});

import { describe, expect, it } from 'vitest';
import { runUpdateTables, runUpsertTables } from './run.ts';
import { arrays, upserts } from './update/arrays.ts';
import { fields } from './update/fields.ts';

const tables = [fields, arrays].flat();

runUpdateTables(tables);
runUpsertTables(upserts);

describe('the tables of updates', () => {
  it('hold at least 300 statements', () => {
    const rows = [...tables, ...upserts].reduce((n, t) => n + t.rows.length, 0);
    expect(rows).toBeGreaterThanOrEqual(300);
  });
});

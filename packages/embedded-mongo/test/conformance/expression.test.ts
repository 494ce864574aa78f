import { describe, expect, it } from 'vitest';
import { choices } from './expression/choices.ts';
import { collections } from './expression/collections.ts';
import { numbers } from './expression/numbers.ts';
import { texts } from './expression/texts.ts';
import { times } from './expression/times.ts';
import { runExpressionTables } from './run.ts';

const tables = [numbers, choices, collections, texts, times].flat();

runExpressionTables(tables);

describe('the tables of expressions', () => {
  it('hold at least 900 statements', () => {
    expect(tables.reduce((n, t) => n + t.rows.length, 0)).toBeGreaterThanOrEqual(900);
  });
});

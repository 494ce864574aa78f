import { expect, it } from 'vitest';
import { evalExpr } from '../../src/expression/index.ts';
import { equal } from '../../src/order/index.ts';
import { show } from '../../src/values/index.ts';
import { DOCUMENT, ExpressionMaker } from './expression/model.ts';
import { wire } from './run.ts';
import { describeSeeds } from './seeds.ts';

const RUNS = 4000;

describeSeeds('expressions against a plain model', (seed) => {
  it('give what the same computed in plain JavaScript gives', () => {
    const maker = new ExpressionMaker(seed);
    const document = wire(DOCUMENT);
    for (let run = 0; run < RUNS; run++) {
      const { expression, value } = maker.any();
      const given = evalExpr(document, wire(expression));
      const holds = given !== undefined && equal(given, wire(value));
      expect(holds, `${show(expression)} gives ${show(given)}, not ${show(value)}`).toBe(true);
    }
  });
});

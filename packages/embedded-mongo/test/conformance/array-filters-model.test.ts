import { expect, it } from 'vitest';
import { compileUpdate } from '../../src/update/index.ts';
import { identical } from '../../src/order/index.ts';
import { type Doc, show, type Value } from '../../src/values/index.ts';
import { Chance } from '../harness.ts';
import { wire } from './run.ts';
import { describeSeeds } from './seeds.ts';

interface Part {
  x: number;
  in: number[];
}
interface Given {
  l: number[];
  o: Part[];
}

/** Which elements are meant: the words of a filter, and what they mean. */
interface Choice {
  filter: Doc | null;
  means(v: number): boolean;
}

const OPERATORS: Readonly<Record<string, (v: number, arg: number) => number>> = {
  $set: (_v, arg) => arg,
  $inc: (v, arg) => v + arg,
  // A whole number has no negative zero.
  $mul: (v, arg) => v * arg + 0,
  $min: Math.min,
  $max: Math.max,
};

/** A choice of elements by name, or of all of them when the name is empty. */
function choose(chance: Chance, name: string, path: string): Choice {
  const k = chance.below(5);
  const key = path ? `${name}.${path}` : name;
  return chance.pick<Choice>([
    { filter: null, means: () => true },
    { filter: { [key]: k }, means: (v) => v === k },
    { filter: { [key]: { $gte: k } }, means: (v) => v >= k },
    { filter: { [key]: { $in: [k, 0] } }, means: (v) => v === k || v === 0 },
    { filter: { [key]: { $not: { $lt: k } } }, means: (v) => v >= k },
    { filter: { $or: [{ [key]: k }, { [key]: { $gt: 3 } }] }, means: (v) => v === k || v > 3 },
  ]);
}

const part = (name: string, choice: Choice): string => (choice.filter ? `$[${name}]` : '$[]');

describeSeeds('updates of chosen elements against a plain model', (seed) => {
  it('change those elements and no others', () => {
    const chance = new Chance(seed);
    const numbers = (): number[] => Array.from({ length: chance.below(5) }, () => chance.below(6));
    for (let run = 0; run < 4000; run++) {
      const given: Given = {
        l: numbers(),
        o: Array.from({ length: chance.below(4) }, () => ({ x: chance.below(6), in: numbers() })),
      };
      const operator = chance.pick(Object.keys(OPERATORS));
      const apply = OPERATORS[operator] as (v: number, arg: number) => number;
      const arg = chance.below(7) - 3;
      const change = (list: number[], choice: Choice): number[] =>
        list.map((v) => (choice.means(v) ? apply(v, arg) : v));
      const [outer, inner] = [choose(chance, 'e', 'x'), choose(chance, 'i', '')];
      const flat = choose(chance, 'f', '');
      const [path, expected, used] = chance.pick<[string, Given, Choice[]]>([
        [`l.${part('f', flat)}`, { ...given, l: change(given.l, flat) }, [flat]],
        [
          `o.${part('e', outer)}.x`,
          {
            ...given,
            o: given.o.map((p) => (outer.means(p.x) ? { ...p, x: apply(p.x, arg) } : p)),
          },
          [outer],
        ],
        [
          `o.${part('e', outer)}.in.${part('i', inner)}`,
          {
            ...given,
            o: given.o.map((p) => (outer.means(p.x) ? { ...p, in: change(p.in, inner) } : p)),
          },
          [outer, inner],
        ],
      ]);
      const update = { [operator]: { [path]: arg } };
      const arrayFilters = used.flatMap(({ filter }) => (filter ? [wire(filter)] : [])) as Value[];
      const made = compileUpdate(wire(update), { arrayFilters })(wire(given as unknown as Doc));
      const what = `${show(update)} where ${show(arrayFilters)} of ${show(given as unknown as Doc)}`;
      const holds = identical(made, wire(expected as unknown as Doc));
      expect(holds, `${what} makes ${show(made)}`).toBe(true);
    }
  });
});

import type { Doc, Value } from '../../../src/values/index.ts';
import { Chance } from '../../harness.ts';

/** An expression together with what it must give, computed in plain JavaScript. */
interface Pair<T> {
  expression: Value;
  value: T;
}
type Num = number | null;

/** Fields that expressions read; `gone` is missing. */
export const DOCUMENT: Doc = { a: 3, b: -2, c: 0, n: null, s: 'Abc', l: [4, 1, 3], e: [] };

const MAX_DEPTH = 4;
const orNull =
  (f: (a: number, b: number) => number) =>
  (a: Num, b: Num): Num =>
    a === null || b === null ? null : f(a, b);
/** Null is below all numbers. */
const order = (a: Num, b: Num): number => {
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  return Math.sign(a - b);
};
const known = (list: Num[]): number[] => list.filter((v) => v !== null);
const distinct = (list: Num[]): Num[] => [...new Set(list)].sort(order);

/**
 * Makes expressions with their values. Numbers may be null, as operators on numbers give null for
 * null; lists hold numbers; all of it is written from the manual, without a look at the real code.
 */
export class ExpressionMaker {
  private readonly chance: Chance;

  constructor(seed: number) {
    this.chance = new Chance(seed);
  }

  any(): Pair<Value> {
    return this.chance.pick<() => Pair<Value>>([
      () => this.number(0),
      () => this.truth(0),
      () => this.text(0),
      () => this.list(0),
    ])();
  }

  private number(depth: number): Pair<Num> {
    const { chance } = this;
    if (depth >= MAX_DEPTH || chance.next() < 0.2)
      return chance.pick<() => Pair<Num>>([
        () => this.literal(),
        () => this.literal(),
        () => ({ expression: '$a', value: 3 }),
        () => ({ expression: '$b', value: -2 }),
        () => ({ expression: '$c', value: 0 }),
        () => ({ expression: '$n', value: null }),
        () => ({ expression: { $ifNull: ['$gone', null] }, value: null }),
      ])();
    const d = depth + 1;
    return chance.pick<() => Pair<Num>>([
      () =>
        this.both(
          '$add',
          orNull((a, b) => a + b),
          d,
        ),
      () =>
        this.both(
          '$subtract',
          orNull((a, b) => a - b),
          d,
        ),
      () =>
        this.both(
          '$multiply',
          orNull((a, b) => a * b),
          d,
        ),
      () => this.modulo(d),
      () => this.mapped('$abs', this.number(d), (v) => (v === null ? null : Math.abs(v))),
      () => this.mapped('$size', this.list(d), (list) => list.length),
      () => this.mapped('$sum', this.list(d), (list) => known(list).reduce((x, y) => x + y, 0)),
      () => this.mapped('$max', this.list(d), (list) => known(list).sort(order).at(-1) ?? null),
      () => this.mapped('$min', this.list(d), (list) => known(list).sort(order)[0] ?? null),
      () => this.mapped('$strLenCP', this.text(d), (text) => text.length),
      () => this.both('$cmp', order, d),
      () => this.conditional(d),
      () => this.switched(d),
      () => this.instead(d),
      () => this.element(d),
      () => this.reduced(d),
      () => this.bound(d),
    ])();
  }

  private truth(depth: number): Pair<boolean> {
    const { chance } = this;
    if (depth >= MAX_DEPTH) {
      const value = chance.next() < 0.5;
      return { expression: value, value };
    }
    const d = depth + 1;
    const compared = (name: string, holds: (sign: number) => boolean) => () =>
      this.both(name, (a, b) => holds(order(a, b)), d);
    return chance.pick<() => Pair<boolean>>([
      compared('$eq', (sign) => sign === 0),
      compared('$ne', (sign) => sign !== 0),
      compared('$gt', (sign) => sign > 0),
      compared('$gte', (sign) => sign >= 0),
      compared('$lt', (sign) => sign < 0),
      compared('$lte', (sign) => sign <= 0),
      () => this.joined('$and', (a, b) => a && b, d),
      () => this.joined('$or', (a, b) => a || b, d),
      () => {
        const of = this.truth(d);
        return { expression: { $not: [of.expression] }, value: !of.value };
      },
      () => {
        const [of, list] = [this.number(d), this.list(d)];
        const expression = { $in: [of.expression, list.expression] };
        return { expression, value: list.value.includes(of.value) };
      },
      () => {
        const [a, b] = [this.list(d), this.list(d)];
        const expression = { $setIsSubset: [a.expression, b.expression] };
        return { expression, value: a.value.every((v) => b.value.includes(v)) };
      },
      () =>
        this.mapped('$anyElementTrue', this.list(d), (list) => known(list).some((v) => v !== 0)),
    ])();
  }

  private text(depth: number): Pair<string> {
    const { chance } = this;
    if (depth >= MAX_DEPTH || chance.next() < 0.3) {
      const value = chance.pick(['', 'x', 'Yz', 'abc']);
      return chance.next() < 0.5
        ? { expression: '$s', value: 'Abc' }
        : { expression: value, value };
    }
    const d = depth + 1;
    return chance.pick<() => Pair<string>>([
      () => {
        const [a, b] = [this.text(d), this.text(d)];
        return { expression: { $concat: [a.expression, b.expression] }, value: a.value + b.value };
      },
      () => this.mapped('$toUpper', this.text(d), (text) => text.toUpperCase()),
      () => this.mapped('$toLower', this.text(d), (text) => text.toLowerCase()),
      () => {
        const of = this.text(d);
        const [from, length] = [chance.below(4), chance.below(4)];
        const expression = { $substrCP: [of.expression, from, length] };
        return { expression, value: of.value.slice(from, from + length) };
      },
      () => {
        const [test, yes, no] = [this.truth(d), this.text(d), this.text(d)];
        const expression = { $cond: [test.expression, yes.expression, no.expression] };
        return { expression, value: test.value ? yes.value : no.value };
      },
    ])();
  }

  private list(depth: number): Pair<Num[]> {
    const { chance } = this;
    if (depth >= MAX_DEPTH || chance.next() < 0.3)
      return chance.pick<() => Pair<Num[]>>([
        () => ({ expression: '$l', value: [4, 1, 3] }),
        () => ({ expression: '$e', value: [] }),
        () => {
          const list = Array.from({ length: chance.below(4) }, () => this.literal());
          const expression = list.map((one) => one.expression);
          return { expression, value: list.map((one) => one.value) };
        },
      ])();
    const d = depth + 1;
    return chance.pick<() => Pair<Num[]>>([
      () => {
        const [a, b] = [this.list(d), this.list(d)];
        const expression = { $concatArrays: [a.expression, b.expression] };
        return { expression, value: [...a.value, ...b.value] };
      },
      () => this.mapped('$reverseArray', this.list(d), (list) => [...list].reverse()),
      () => {
        const of = this.list(d);
        const n = chance.below(7) - 3;
        const value = n < 0 ? of.value.slice(n) : of.value.slice(0, n);
        return n === 0
          ? { expression: { $slice: [of.expression, 0] }, value: [] }
          : { expression: { $slice: [of.expression, n] }, value };
      },
      () => {
        const of = this.list(d);
        const add = chance.below(5) - 2;
        const expression = { $map: { input: of.expression, in: { $add: ['$$this', add] } } };
        return { expression, value: of.value.map((v) => (v === null ? null : v + add)) };
      },
      () => {
        const of = this.list(d);
        const least = this.literal();
        const cond = { $gte: ['$$v', least.expression] };
        const expression = { $filter: { input: of.expression, as: 'v', cond } };
        return { expression, value: of.value.filter((v) => order(v, least.value) >= 0) };
      },
      () => {
        const of = this.list(d);
        const sortBy = chance.pick([1, -1]);
        const value = [...of.value].sort((a, b) => order(a, b) * sortBy);
        return { expression: { $sortArray: { input: of.expression, sortBy } }, value };
      },
      () => {
        const [a, b] = [this.list(d), this.list(d)];
        const expression = sorted({ $setUnion: [a.expression, b.expression] });
        return { expression, value: distinct([...a.value, ...b.value]) };
      },
      () => {
        const [a, b] = [this.list(d), this.list(d)];
        const expression = sorted({ $setIntersection: [a.expression, b.expression] });
        return { expression, value: distinct(a.value.filter((v) => b.value.includes(v))) };
      },
      () => {
        const [a, b] = [this.list(d), this.list(d)];
        const expression = sorted({ $setDifference: [a.expression, b.expression] });
        return { expression, value: distinct(a.value.filter((v) => !b.value.includes(v))) };
      },
      () => {
        const [from, to, step] = [chance.below(5) - 2, chance.below(7), 1 + chance.below(2)];
        const value: Num[] = [];
        for (let v = from; v < to; v += step) value.push(v);
        return { expression: { $range: [from, to, step] }, value };
      },
    ])();
  }

  private literal(): Pair<Num> {
    const value = this.chance.below(9) - 4;
    return { expression: value, value };
  }

  /** An operator of one argument; in brackets, as a list by itself would be several. */
  private mapped<A, B>(name: string, of: Pair<A>, f: (v: A) => B): Pair<B> {
    return { expression: { [name]: [of.expression] }, value: f(of.value) };
  }

  private both<T>(name: string, f: (a: Num, b: Num) => T, depth: number): Pair<T> {
    const [a, b] = [this.number(depth), this.number(depth)];
    return { expression: { [name]: [a.expression, b.expression] }, value: f(a.value, b.value) };
  }

  private joined(
    name: string,
    f: (a: boolean, b: boolean) => boolean,
    depth: number,
  ): Pair<boolean> {
    const [a, b] = [this.truth(depth), this.truth(depth)];
    return { expression: { [name]: [a.expression, b.expression] }, value: f(a.value, b.value) };
  }

  private modulo(depth: number): Pair<Num> {
    const of = this.number(depth);
    const by = 1 + this.chance.below(4);
    const expression = { $mod: [of.expression, by] };
    return { expression, value: of.value === null ? null : of.value % by };
  }

  private conditional(depth: number): Pair<Num> {
    const [test, yes, no] = [this.truth(depth), this.number(depth), this.number(depth)];
    const expression = {
      $cond: { if: test.expression, then: yes.expression, else: no.expression },
    };
    return { expression, value: test.value ? yes.value : no.value };
  }

  private switched(depth: number): Pair<Num> {
    const cases = [0, 1].map(() => ({ when: this.truth(depth), then: this.number(depth) }));
    const otherwise = this.number(depth);
    const branches = cases.map(({ when, then }) => ({
      case: when.expression,
      then: then.expression,
    }));
    return {
      expression: { $switch: { branches, default: otherwise.expression } },
      value: (cases.find(({ when }) => when.value)?.then ?? otherwise).value,
    };
  }

  private instead(depth: number): Pair<Num> {
    const [a, b] = [this.number(depth), this.number(depth)];
    return { expression: { $ifNull: [a.expression, b.expression] }, value: a.value ?? b.value };
  }

  /** The element at a place, null where there is none. */
  private element(depth: number): Pair<Num> {
    const of = this.list(depth);
    const at = this.chance.below(7) - 3;
    const expression = { $ifNull: [{ $arrayElemAt: [of.expression, at] }, null] };
    return { expression, value: of.value.at(at) ?? null };
  }

  private reduced(depth: number): Pair<Num> {
    const of = this.list(depth);
    const start = this.literal();
    const step = { $subtract: ['$$value', '$$this'] };
    const expression = {
      $reduce: { input: of.expression, initialValue: start.expression, in: step },
    };
    return {
      expression,
      value: of.value.reduce(
        orNull((a, b) => a - b),
        start.value,
      ),
    };
  }

  private bound(depth: number): Pair<Num> {
    const of = this.number(depth);
    const expression = { $let: { vars: { x: of.expression }, in: { $add: ['$$x', '$$x'] } } };
    return { expression, value: of.value === null ? null : of.value * 2 };
  }
}

const sorted = (input: Value): Value => ({ $sortArray: { input, sortBy: 1 } });

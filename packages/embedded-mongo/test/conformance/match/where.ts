import { Code } from 'bson';
import type { MatchRow, Table } from '../run.ts';
import { Dec, L, queryPage } from '../values.ts';

const same = { title: 'x', author: 'x' };
const other = { title: 'x', author: 'y' };
const both = (...filters: MatchRow['filter']['$where'][]): MatchRow[] =>
  filters.map(($where) => ({ filter: { $where }, yes: [same], no: [other, {}] }));
const refused = (error: number, ...filters: MatchRow['filter']['$where'][]): MatchRow[] =>
  filters.map(($where) => ({ filter: { $where }, error }));
/** Scripts about `{ n: 5, s: 'Ab', a: [1, 'b'], o: { p: 2 } }`, true or false of it. */
const ABOUT = { n: 5, s: 'Ab', a: [1, 'b'], o: { p: 2 }, d: new Date(0), z: null };
const yes = (...scripts: string[]): MatchRow[] =>
  scripts.map(($where) => ({ filter: { $where }, yes: [ABOUT] }));
const no = (...scripts: string[]): MatchRow[] =>
  scripts.map(($where) => ({ filter: { $where }, no: [ABOUT] }));

/** The part of JavaScript that there is. */
export const whereTables: Table<MatchRow>[] = [
  {
    name: '$where',
    page: queryPage('where'),
    rows: [
      ...both(
        'this.title && this.title === this.author',
        'obj.title && obj.title == obj.author;',
        'return Boolean(this.title && this.title === this.author)',
        'function() { return this.title !== undefined && this.title === this.author; }',
        'function () { if (this.title && this.author) { return this.title === this.author; } }',
        'function named() { var t = this.title; if (!t) return false; else return t == this.author }',
        'const t = this["title"]; t && t === this.author',
        new Code('function() { return !!this.title && this.title === this.author; }'),
      ),
      ...yes(
        'true',
        '1',
        'this.n > 4 && this.n <= 5',
        'this.n + 1 * 2 === 7',
        '(this.n + 1) * 2 === 12',
        'this.n - 1 - 1 === 3',
        '-this.n < 0 && +"3" === 3 && 7 % 4 === 3',
        'this.n == "5"',
        'this.none === undefined && this.z === null && this.none == this.z',
        'this.s.length === 2 && this.s[0] === "A"',
        "this.s.toLowerCase() === 'ab' && this.s.indexOf('b') === 1",
        '/^a/i.test(this.s)',
        'this.s.match(/b$/) && !this.s.match(/^b/)',
        'this.a.length === 2 && this.a[1] === "b" && this.a.includes(1)',
        '[1, 5].indexOf(this.n) >= 0',
        'this.o.p === 2 && this["o"]["p"] !== 3',
        'this.d.getTime() === 0 && this.d.getTime() === new Date(0).getTime()',
        'this.d < ISODate("2020-01-01T00:00:00Z")',
        'typeof this.s === "string" && typeof this.none === "undefined"',
        'this.n > 3 ? true : false',
        'this.z ?? true',
        'Math.max(this.n, 9) === 9 && parseInt("12px") === 12 && isNaN("x")',
        'if (this.n === 5) return true; return false',
        '{ let a = this.n; return a === 5 }',
        '// nothing to see\nthis.n /* five */ === 5',
        '"\\u0041\\x62" === this.s',
        '0x10 === 16 && 1e3 === 1000 && .5 < 1',
      ),
      ...no(
        'false',
        '0',
        'null',
        '""',
        'this.n === "5"',
        'this.none',
        'this.constructor',
        'this.s.constructor',
        'this.__proto__',
        'if (this.n === 6) return true',
        'function() {}',
      ),
      {
        filter: { $where: 'this.n === 5' },
        yes: [{ n: 5 }, { n: L(5) }, { n: Dec('5') }],
        no: [{ n: '5' }, { n: [5] }],
      },
      ...refused(
        139,
        'this.n ===',
        'while (true) {}',
        'for (;;) {}',
        'function() { return function() { return 1; }; }',
        '() => true',
        'process.exit()',
        'require("fs")',
        'eval("1")',
        'sleep(1000) || true',
        'new Function("return 1")',
        'this.n = 6',
        '"unfinished',
        '#',
      ),
    ],
  },
];

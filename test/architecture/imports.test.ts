import { describe, expect, it } from 'vitest';
import type { Row } from './import-table.ts';
import { TABLE } from './import-table.ts';
import { complaintsAbout, rowOf } from './imports.ts';
import { importsOf, isTest, sourcesIn } from './sources.ts';

const FOLDERS = ['src', 'channels', 'flows', 'inbox', 'web-widget', 'packages'];
const sources = FOLDERS.flatMap((folder) => sourcesIn(folder, ['.ts', '.tsx'])).filter(
  ({ file }) => !isTest(file) && !/^packages\/[^/]+\/test\//.test(file),
);

describe('the import table', () => {
  it('is kept by every source', () => {
    expect(sources.flatMap((source) => complaintsAbout(source))).toEqual([]);
  });

  it('is held against real sources and real imports', () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(1500);
  });

  it('has no row that speaks for nothing, but for flows, which may be empty', () => {
    const rows = new Set(sources.map(({ file }) => rowOf(file)));
    const idle = TABLE.filter((row) => !rows.has(row)).map(({ folder }) => folder);
    const reserved = [
      'flows',
      'flows/<x>',
      'src/engine/flow-runner',
      'src/engine',
      'src/surfaces',
      'src/storage',
    ];
    expect(idle.filter((folder) => !reserved.includes(folder))).toEqual([]);
  });
});

describe('the check', () => {
  const table: Row[] = [
    { folder: 'house', group: true, may: ['house/hall'] },
    { folder: 'house/hall', may: [], types: ['house/cellar'], packages: ['lamp'], builtIn: [] },
    { folder: 'house/<x>', may: ['house/hall'] },
  ];
  const of = (file: string, text: string): string[] => complaintsAbout({ file, text }, table);

  it('lets a folder import itself and what its row names', () => {
    expect(of('house/hall/a.ts', "import { b } from './deep/b.ts';\nimport 'lamp';")).toEqual([]);
    expect(of('house/attic/a.ts', "import { b } from '../hall/b.ts';")).toEqual([]);
  });

  it('finds a folder that no row speaks for', () => {
    const grouped: Row[] = [{ folder: 'house', group: true, may: [] }];
    expect(complaintsAbout({ file: 'house/shed/a.ts', text: '' }, grouped)).toHaveLength(1);
    expect(complaintsAbout({ file: 'house/a.ts', text: '' }, grouped)).toEqual([]);
    expect(complaintsAbout({ file: 'garden/a.ts', text: '' }, grouped)).toHaveLength(1);
  });

  it('finds a sister folder, in each way of importing', () => {
    const ways = [
      "import { b } from '../attic/b.ts';",
      "import type { B } from '../attic/b.ts';",
      "import {\n  a,\n  b,\n} from '../attic/b.ts';",
      "import '../attic/b.ts';",
      "export { b } from '../attic/b.ts';",
      "export * from '../attic/b.ts';",
      "const b = await import('../attic/b.ts');",
    ];
    for (const way of ways) expect(of('house/loft/a.ts', way), way).toHaveLength(1);
  });

  it('tells types from values', () => {
    expect(of('house/hall/a.ts', "import type { B } from '../cellar/b.ts';")).toEqual([]);
    expect(of('house/hall/a.ts', "import { b } from '../cellar/b.ts';")).toHaveLength(1);
  });

  it('finds packages and built-in modules that a row does not name, and test code in the product', () => {
    expect(of('house/hall/a.ts', "import x from 'lantern';")).toHaveLength(1);
    expect(of('house/hall/a.ts', "import x from 'node:fs/promises';")).toHaveLength(1);
    expect(of('house/hall/a.ts', "import x from './b.test.ts';")).toHaveLength(1);
  });
});

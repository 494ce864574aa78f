import { TABLE } from './import-table.ts';
import type { Row } from './import-table.ts';
import type { Import, Source } from './sources.ts';
import { importsOf, packageOf } from './sources.ts';

/** The row that speaks for a file: the one that names most of its path; null when none does. */
export function rowOf(file: string, table: readonly Row[] = TABLE): Row | null {
  const folders = file.split('/').slice(0, -1);
  const [row] = table
    .filter(({ folder }) => covers(folder.split('/'), folders))
    .toSorted((a, b) => exactness(b) - exactness(a));
  if (!row) return null;
  return row.group && row.folder.split('/').length < folders.length ? null : row;
}

const covers = (names: readonly string[], folders: readonly string[]): boolean =>
  names.length <= folders.length &&
  names.every((name, index) => name === '<x>' || name === folders[index]);

/** Deeper rows win; a name wins over `<x>` at the same depth. */
const exactness = ({ folder }: Row): number =>
  folder.split('/').length * 2 - (folder.includes('<x>') ? 1 : 0);

/** What is wrong with the imports of a source, a sentence each. */
export function complaintsAbout(source: Source, table: readonly Row[] = TABLE): string[] {
  const row = rowOf(source.file, table);
  if (!row) return [`${source.file} lies in a folder without a row in the import table.`];
  const own = ownFolder(row, source.file);
  return importsOf(source).flatMap((one) => {
    const wrong = one.target === null ? wrongPackage(row, one) : wrongTarget(row, own, one);
    return wrong ? [`${source.file} imports ${one.specifier}: ${wrong}.`] : [];
  });
}

/** The row's folder with the names of this file in place of `<x>`. */
const ownFolder = (row: Row, file: string): string =>
  file.split('/').slice(0, row.folder.split('/').length).join('/');

const within = (folder: string, file: string): boolean => file.startsWith(`${folder}/`);

function wrongTarget(row: Row, own: string, one: Import): string | null {
  const target = one.target ?? '';
  if (/\.test\.tsx?$/.test(target) || /\/testing\.ts$/.test(target)) return 'it is for tests';
  if (!row.group && within(own, target)) return null;
  if (row.may.some((folder) => within(folder, target))) return null;
  const typesOf = row.types?.some((folder) => within(folder, target)) ?? false;
  if (typesOf && one.typeOnly) return null;
  return typesOf ? `${row.folder} may import its types only` : `${row.folder} may not`;
}

function wrongPackage(row: Row, { specifier }: Import): string | null {
  const name = packageOf(specifier);
  if (!name.startsWith('node:')) {
    return row.packages?.includes(name) ? null : `${row.folder} has no use for this package`;
  }
  return !row.builtIn || row.builtIn.includes(name) ? null : `${row.folder} may not use ${name}`;
}

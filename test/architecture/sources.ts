import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole project. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Folders that are made, not written. */
const MADE = new Set(['node_modules', 'dist', 'web-dist', 'coverage', 'data', '.git']);

/** A file of the project. */
export interface Source {
  /** From the root, with `/`: `src/app/start.ts`. */
  file: string;
  text: string;
}

/** Every file below the folder whose name ends in one of the endings, by path. */
export function sourcesIn(folder: string, endings: readonly string[]): Source[] {
  return filesBelow(folder)
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(path.join(ROOT, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (!entry.isDirectory()) return [file];
    return MADE.has(entry.name) ? [] : filesBelow(file);
  });
}

/** Whether the file is a test or serves tests only. */
export function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || /^channels\/[^/]+\/testing\.ts$/.test(file);
}

/** One import, `import()` or re-export. */
export interface Import {
  /** As written. */
  specifier: string;
  /** From the root for our own files, without a query; null for packages. */
  target: string | null;
  typeOnly: boolean;
}

const STATEMENT =
  /^(?:import|export)\s+(?<type>type\s)?(?<names>[^'";]*?)from\s+'(?<from>[^']+)'/gm;
const BARE = /^import\s+'(?<from>[^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'(?<from>[^']+)'/g;

/** What a source imports. */
export function importsOf({ file, text }: Source): Import[] {
  const found: Import[] = [];
  for (const { groups } of text.matchAll(STATEMENT)) {
    if (groups?.from) found.push(resolve(file, groups.from, groups.type !== undefined));
  }
  for (const pattern of [BARE, DYNAMIC]) {
    for (const { groups } of text.matchAll(pattern)) {
      if (groups?.from) found.push(resolve(file, groups.from, false));
    }
  }
  return found;
}

function resolve(file: string, specifier: string, typeOnly: boolean): Import {
  if (!specifier.startsWith('.')) return { specifier, target: null, typeOnly };
  const [plain = ''] = specifier.split('?');
  return { specifier, target: path.posix.join(path.posix.dirname(file), plain), typeOnly };
}

/** `fastify` for `fastify/types.js`, `@scope/name` for what lies in it; `node:fs` for `node:fs/promises`. */
export function packageOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

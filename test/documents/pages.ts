import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../architecture/sources.ts';

/** A page of documentation, by its path from the root. */
export interface Page {
  file: string;
  text: string;
}

const NOT_OURS = new Set(['node_modules', 'dist', 'web-dist', '.git', 'data', 'coverage']);

/** Every Markdown file that is ours. */
export function allPages(folder = ''): Page[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : allPages(file);
    return file.endsWith('.md')
      ? [{ file, text: readFileSync(path.join(ROOT, file), 'utf8') }]
      : [];
  });
}

/** What stands between backticks within lines, fenced blocks left out. */
export function spansOf({ text }: Page): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].flatMap(([, span]) => span ?? []);
}

/** Targets of links and pictures. */
export function linksOf({ text }: Page): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => target ?? []);
}

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import type { DataFolder } from './data-folder.ts';

const folderOf = ({ root }: DataFolder): string => path.join(root, 'run');

const nameOf = (pid: number): string => `${hostname()}-${pid}`;

/** Leaves a mark that this process serves the folder; answers how to take it away. */
export function markRunning(folder: DataFolder): () => void {
  const mark = path.join(folderOf(folder), nameOf(process.pid));
  mkdirSync(folderOf(folder), { recursive: true, mode: 0o700 });
  writeFileSync(mark, new Date().toISOString(), { mode: 0o600 });
  return () => rmSync(mark, { force: true });
}

/**
 * The mark of a process that serves the folder; null when there is none. Marks of dead processes go; of another machine
 * or container nobody here can say whether it lives.
 */
export function runningMark(folder: DataFolder): string | null {
  mkdirSync(folderOf(folder), { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folderOf(folder))) {
    const mark = path.join(folderOf(folder), name);
    const pid = Number(name.slice(name.lastIndexOf('-') + 1));
    if (name !== nameOf(pid) || isAlive(pid)) return mark;
    rmSync(mark, { force: true });
  }
  return null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

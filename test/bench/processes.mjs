// Starts node programs of the bench and tells what they weigh.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';

/** Starts a program that prints "listening on URL". */
export async function startNode(file, env) {
  const started = performance.now();
  const child = spawn(process.execPath, [file], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LOG_LEVEL: process.env.BENCH_LOG ?? 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const found = /listening on (http:\S+)/.exec(text);
      if (found) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  while (!(await fetch(`${url}/healthz`).catch(() => null)))
    await new Promise((resolve) => setTimeout(resolve, 10));
  process.on('exit', () => child.kill('SIGKILL'));
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGTERM');
    });
  return { url, pid: child.pid, readyMs: Math.round(performance.now() - started), stop };
}

/** A process and those it started, with their resident KB. */
function familyOf(pid) {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  const family = new Set([pid]);
  for (const [child, parent] of rows) if (family.has(parent)) family.add(child);
  return rows.filter(([one]) => family.has(one));
}

const inMb = (sizes) => Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024);

/** Resident memory of a process and its children, in MB. */
export const memoryMb = (pid) => inMb(familyOf(pid).map(([, , rss]) => rss));

/** What of it are pages of files: programs, libraries and what was read of the data file. Null where nothing tells. */
export function mappedFilesMb(pid) {
  if (process.platform !== 'linux') return null;
  return inMb(
    familyOf(pid).map(([one]) =>
      Number(/RssFile:\s+(\d+)/.exec(fs.readFileSync(`/proc/${one}/status`, 'utf8'))?.[1] ?? 0),
    ),
  );
}

// Starts node programs of the bench and tells what they weigh.
import { execFileSync, spawn } from 'node:child_process';

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

/** Resident memory of a process and its children, in MB. */
export function memoryMb(pid) {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  const family = new Set([pid]);
  for (const [child, parent] of rows) if (family.has(parent)) family.add(child);
  return Math.round(
    rows.filter(([one]) => family.has(one)).reduce((sum, [, , rss]) => sum + rss, 0) / 1024,
  );
}

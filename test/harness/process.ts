import { spawn } from 'node:child_process';
import path from 'node:path';
import { until } from './until.ts';

/** The real process, as `npm start` runs it. */
export interface RealProcess {
  url: string;
  pid: number;
  /** Ends it as a power cut would: no handler runs. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Ends it as an administrator would; answers the exit code. */
  terminate(): Promise<number | null>;
  /** Milliseconds from spawn to the first answer of `/healthz`. */
  readyMs: number;
  output(): string;
}

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Starts `node dist/src/main.js` and waits until it answers. Needs a build. */
export async function startProcess(env: Record<string, string>): Promise<RealProcess> {
  const started = performance.now();
  const child = spawn(process.execPath, [path.join(ROOT, 'dist/src/main.js')], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const exited = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => resolve(code)),
  );
  const url = await until(
    'the process to listen',
    () => {
      if (child.exitCode !== null)
        throw new Error(`The process ended with ${child.exitCode}:\n${output}`);
      return /listening on (http:\S+)/.exec(output)?.[1] ?? null;
    },
    30_000,
  );
  await until(
    'healthz',
    async () => (await fetch(`${url}/healthz`).catch(() => null))?.ok ?? false,
    10_000,
  );
  return {
    url,
    pid: child.pid ?? 0,
    readyMs: Math.round(performance.now() - started),
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async terminate() {
      child.kill('SIGTERM');
      return await exited;
    },
  };
}

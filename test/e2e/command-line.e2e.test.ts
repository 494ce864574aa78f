import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startProcess } from '../harness/process.ts';
import { until } from '../harness/until.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'openline-cli-'));
const temporary = path.join(folder, 'tmp');
mkdirSync(temporary);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = (more: Record<string, string>): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  TMPDIR: temporary,
  ...more,
});

/** Runs one of our entrances to its end. */
const run = (
  entrance: string,
  args: string[],
  more: Record<string, string>,
): Promise<{ code: number; said: string }> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(ROOT, 'dist/src', entrance), ...args],
      { env: environment(more) },
      (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });

describe('the demo as a process', () => {
  it('says where it is and how to sign in, and leaves nothing behind', async () => {
    const child = spawn(process.execPath, [path.join(ROOT, 'dist/src/demo/main.js')], {
      env: environment({ PORT: '0' }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const url = await until(
      'the demo to be told',
      () => /^listening on (http:\S+)$/m.exec(said)?.[1] ?? null,
      150_000,
    );
    await until('the rest to be said', () => said.includes('Ctrl+C'));
    const email = /^Sign in\s+(\S+)$/m.exec(said)?.[1];
    const password = /^Password\s+(\S+)$/m.exec(said)?.[1];
    const signedIn = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    expect(signedIn.status).toBe(200);
    expect(readdirSync(temporary)).toHaveLength(1);

    child.kill('SIGTERM');
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('backup and restore as processes', () => {
  const from = { DATA_DIR: path.join(folder, 'from'), PORT: '0' };
  const to = { DATA_DIR: path.join(folder, 'to'), PORT: '0' };
  const archive = path.join(folder, 'all.tar');
  const admin = {
    OPENLINE_ADMIN_EMAIL: 'admin@example.org',
    OPENLINE_ADMIN_PASSWORD: 'correct horse battery',
  };

  it('carry an installation to another folder', async () => {
    const running = await startProcess({ ...from, ...admin });
    const made = await run('backup.js', [archive], from);
    expect(made).toMatchObject({ code: 0, said: expect.stringContaining('SECRET_KEY') });
    const refused = await run('restore.js', [archive, '--force'], from);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('Stop it first') });
    expect(await running.terminate()).toBe(0);

    const restored = await run('restore.js', [archive], to);
    expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('Restored') });
    const again = await startProcess(to);
    expect(again.output()).not.toContain('Setup code');
    expect(await again.terminate()).toBe(0);
  });

  it('come back after a process that was killed', async () => {
    const running = await startProcess(from);
    await running.kill();
    const restored = await run('restore.js', [archive, '--force'], from);
    expect(restored.said).toContain('Restored');
  });

  it.each([
    ['a backup with an unknown option', 'backup.js', ['--help']],
    ['a restore of nothing', 'restore.js', []],
    ['a restore of two files', 'restore.js', [archive, 'another']],
  ])('%s says how it is used', async (_what, entrance, args) => {
    const answer = await run(entrance, args, from);
    expect(answer).toMatchObject({ code: 1, said: expect.stringContaining('Usage: npm run') });
    expect(existsSync(path.join(folder, '--help'))).toBe(false);
  });
});

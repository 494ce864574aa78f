import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, expect, it } from 'vitest';
import { localBlobs } from './local-blobs.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'openline-blobs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const blobs = localBlobs(folder);
const filesThere = () =>
  readdirSync(folder, { recursive: true }).filter((name) =>
    statSync(path.join(folder, String(name))).isFile(),
  );
/** Pieces of 1,000 bytes that count up. */
const pieces = (count: number) =>
  Readable.from(Array.from({ length: count }, (_, index) => Buffer.alloc(1000, index)));

it('keeps what it is given, and its first 4,100 bytes apart', async () => {
  const whole = await buffer(pieces(10));
  const { key, size, head } = await blobs.put(pieces(10), 10_000);
  expect(size).toBe(10_000);
  expect(head).toEqual(whole.subarray(0, 4100));
  expect(await buffer(blobs.open(key))).toEqual(whole);
  expect(await buffer(blobs.open(key, { start: 999, end: 1000 }))).toEqual(Buffer.from([0, 1]));
  expect(statSync(path.join(folder, key)).mode & 0o077).toBe(0);
  await blobs.remove(key);
  await blobs.remove(key);
  expect(filesThere()).toEqual([]);
});

it('keeps an empty file', async () => {
  const { key, size, head } = await blobs.put(Readable.from([]), 10);
  expect([size, head.length]).toEqual([0, 0]);
  expect(await buffer(blobs.open(key))).toHaveLength(0);
  await blobs.remove(key);
});

it('refuses what is one byte too large, stops reading it, and leaves nothing', async () => {
  let given = 0;
  const endless = Readable.from(
    (function* () {
      for (; given < 100_000; given++) yield Buffer.alloc(1000);
    })(),
  );
  await expect(blobs.put(endless, 9999)).rejects.toMatchObject({ code: 'too_large' });
  expect(given).toBeLessThan(1000);
  expect(endless.destroyed).toBe(true);
  expect(filesThere()).toEqual([]);
});

it('leaves nothing of what breaks off', async () => {
  const broken = Readable.from(
    (function* () {
      yield Buffer.alloc(1000);
      throw new Error('The line is dead.');
    })(),
  );
  await expect(blobs.put(broken, 10_000)).rejects.toThrow('The line is dead.');
  expect(filesThere()).toEqual([]);
});

it.each(['../../etc/passwd', 'ab/cd/../x', '', '/etc/passwd', `ab/cd/${'0'.repeat(36)}/..`])(
  'opens nothing under the name %j',
  (key) => {
    expect(() => blobs.open(key)).toThrow('not a key');
  },
);

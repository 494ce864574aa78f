import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { mongo } from 'mongoose';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStores } from '../../../test/harness/stores.ts';
import { backupTo, restoreFrom } from './backup.ts';
import type { Doc } from './documents.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'openline-backup-'));
const place = (name: string) => path.join(folder, name);
let from: Connection;
let into: Connection;
let closers: (() => Promise<void>)[];
let whole: string;
beforeAll(async () => {
  const [one, two] = [await openTestStores(), await openTestStores()];
  [from, into] = [one.connection, two.connection];
  closers = [one.close, two.close];
  await from.collection('odd').insertMany([
    { _id: 1, int: 1, double: new mongo.Double(1), long: mongo.Long.fromNumber(1) },
    { _id: 'text', decimal: mongo.Decimal128.fromString('1.10'), date: new Date(0), nothing: null },
    { _id: { a: 1, b: 2 }, bytes: Buffer.from([0, 1]), pattern: /a.b/i, list: [[], {}] },
    { _id: 'dots', 'a.b': 1, $c: 2 },
  ] as unknown as { _id: mongo.ObjectId }[]);
  await from.collection('many').insertMany(
    Array.from({ length: 2500 }, (_, index) => ({
      index,
      text: randomBytes(500).toString('hex'),
    })),
  );
  whole = place('whole.backup');
  await backupTo(from, whole);
});
afterAll(async () => {
  for (const close of closers) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every document as its exact bytes, and every index, by collection. */
async function contents(
  connection: Connection,
): Promise<Record<string, { docs: string[]; indexes: Doc[] }>> {
  const found: Record<string, { docs: string[]; indexes: Doc[] }> = {};
  for (const { name } of (await connection.db?.listCollections().toArray()) ?? []) {
    const docs: string[] = [];
    for await (const raw of connection.collection(name).find({}, { raw: true })) {
      docs.push(
        createHash('sha256')
          .update(raw as unknown as Buffer)
          .digest('hex'),
      );
    }
    const indexes = await connection.collection(name).listIndexes().toArray();
    found[name] = {
      docs: docs.toSorted(),
      indexes: indexes.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    };
  }
  return found;
}

describe('backup and restore', () => {
  it('brings every document back byte for byte, with all indexes', async () => {
    const moved = await restoreFrom(into, whole, { force: true });
    const before = await contents(from);
    expect(await contents(into)).toEqual(before);
    expect(moved.documents).toBe(
      Object.values(before).reduce((sum, { docs }) => sum + docs.length, 0),
    );
    expect(before.messages?.indexes.length).toBeGreaterThan(5);
    expect(readdirSync(folder)).toEqual(['whole.backup']);
  });

  it('does not touch a database that holds something, unless forced', async () => {
    const before = await contents(into);
    await expect(restoreFrom(into, whole)).rejects.toThrow('not empty');
    expect(await contents(into)).toEqual(before);
    await into.collection('extra').insertOne({ x: 1 });
    await restoreFrom(into, whole, { force: true });
    expect(await contents(into)).toEqual(before);
  });

  const bytes = () => gunzipSync(readFileSync(whole));
  it.each<[string, () => Buffer]>([
    ['is cut off', () => readFileSync(whole).subarray(0, -2000)],
    ['lacks its end frame', () => gzipSync(bytes().subarray(0, -120))],
    [
      'has a changed byte',
      () => {
        const changed = bytes();
        const at = changed.length - 5000;
        changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
        return gzipSync(changed);
      },
    ],
    [
      'has a changed byte in its packing',
      () => {
        const changed = readFileSync(whole);
        changed.writeUInt8(changed.readUInt8(5000) ^ 1, 5000);
        return changed;
      },
    ],
    ['has something after its end', () => gzipSync(Buffer.concat([bytes(), bytes()]))],
    ['is another file', () => Buffer.from('hello')],
    ['is another packed file', () => gzipSync('hello, this is no backup at all')],
    ['is empty', () => Buffer.alloc(0)],
    ['is packed emptiness', () => gzipSync('')],
  ])('refuses a file that %s before it touches anything', async (_what, make) => {
    const file = place('damaged');
    writeFileSync(file, make());
    const before = await contents(into);
    await expect(restoreFrom(into, file, { force: true })).rejects.toThrow(
      /can not be used.*Nothing was changed/,
    );
    expect(await contents(into)).toEqual(before);
    rmSync(file);
  });

  it('refuses a file that is not there', async () => {
    await expect(restoreFrom(into, place('nowhere'))).rejects.toThrow('nowhere');
  });

  it('leaves no half file behind when the database goes away', async () => {
    const other = await openTestStores();
    await other.close();
    await expect(backupTo(other.connection, place('half.backup'))).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['whole.backup']);
  });
});

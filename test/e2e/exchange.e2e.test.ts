import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startEmbeddedMongo } from 'embedded-mongo';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config.ts';
import { startDemo } from '../../src/demo/start-demo.ts';
import { silentLog } from '../harness/log.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'openline-exchange-'));
const told = path.join(folder, 'told');
const command = (...args: string[]): Promise<{ stdout: string }> =>
  promisify(execFile)(path.join(ROOT, 'node_modules/.bin/embedded-mongo'), args);

interface Stored {
  /** Each document's bytes, in the order in which they were stored. */
  documents: string[];
  indexes: unknown;
  options: unknown;
}

/** Everything in a database folder, collection by collection. */
async function allOf(dir: string): Promise<Record<string, Stored>> {
  const database = await startEmbeddedMongo({ dir });
  const client = new mongoose.mongo.MongoClient(database.uri);
  const all: Record<string, Stored> = {};
  const { databases } = await client.db().admin().listDatabases();
  for (const { name } of databases) {
    const db = client.db(name);
    for (const listed of await db.listCollections().toArray()) {
      const collection = db.collection(listed.name);
      const raw = await collection.find({}, { raw: true }).sort({ $natural: 1 }).toArray();
      all[`${name}.${listed.name}`] = {
        documents: raw.map((bytes) =>
          Buffer.from(bytes as unknown as Uint8Array).toString('base64'),
        ),
        indexes: await collection.indexes(),
        options: 'options' in listed ? listed.options : {},
      };
    }
  }
  await client.close();
  await database.stop();
  return all;
}

beforeAll(async () => {
  const config = readConfig({ PORT: '0', DATA_DIR: told });
  const demo = await startDemo(config, {
    log: silentLog,
    pace: { everyMs: 60_000, answerMs: 100 },
  });
  await demo.stop();
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what the demo tells', () => {
  it('goes out of the embedded database and into another, each byte and each index', async () => {
    const from = path.join(told, 'database');
    const dump = path.join(folder, 'dump');
    const to = path.join(folder, 'moved');
    const out = await command('export', '--dir', from, '--to', dump);
    expect(out.stdout).toMatch(/openline\.messages: \d{3,} documents/);
    await command('import', '--dir', to, '--from', dump);
    await command('check', '--dir', to);
    const before = await allOf(from);
    expect(Object.keys(before).length).toBeGreaterThan(20);
    expect(await allOf(to)).toEqual(before);
  });
});

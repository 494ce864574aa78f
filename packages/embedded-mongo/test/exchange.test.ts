import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Binary, Decimal128, type Document, Double, EJSON, Long, ObjectId, Timestamp } from 'bson';
import { describe, expect, it } from 'vitest';
import { freshFolder, run, startBench } from './harness.ts';

const ODD: Document[] = [
  { _id: 1, int: 1, double: new Double(1), long: Long.fromString('9007199254740993') },
  { _id: 'two', decimal: Decimal128.fromString('0.10'), date: new Date(-1), nothing: null },
  { _id: new ObjectId('0123456789abcdef01234567'), bytes: new Binary(Buffer.from([0, 255]), 4) },
  { _id: { a: 1, b: [1, [2], { c: 3 }] }, stamp: new Timestamp({ t: 1, i: 2 }), re: /x/i },
];

async function dump(dir: string): Promise<{ documents: string; indexes: string; options: string }> {
  const bench = await startBench({ dir }, { promoteValues: false, promoteLongs: false });
  const documents = EJSON.stringify(await bench.db.collection('odd/name').find().toArray(), {
    relaxed: false,
  });
  const indexes = EJSON.stringify(await bench.db.collection('odd/name').indexes(), {
    relaxed: false,
  });
  const listed = await bench.db.listCollections().toArray();
  const options = EJSON.stringify(
    listed.map(({ name, type, options: o }: Document) => ({ name, type, options: o })),
  );
  await bench.stop();
  return { documents, indexes, options };
}

describe('export and import', () => {
  it('bring documents, indexes and options over unchanged, also while the database is served', async () => {
    const dir = freshFolder();
    const bench = await startBench({ dir });
    const odd = bench.db.collection('odd/name');
    await odd.insertMany(ODD);
    await odd.createIndex({ int: 1, date: -1 }, { name: 'pair', sparse: true });
    await odd.createIndex(
      { decimal: 1 },
      { unique: true, partialFilterExpression: { decimal: { $exists: true } } },
    );
    await odd.createIndex({ date: 1 }, { expireAfterSeconds: 1e9 });
    await bench.db.createCollection('strict', { validator: { n: { $type: 'int' } } });
    await bench.db.createCollection('seen', {
      viewOn: 'odd/name',
      pipeline: [{ $match: { int: 1 } }],
    });
    const to = path.join(freshFolder(), 'dump');
    const exported = await run('export', '--dir', dir, '--to', to);
    expect(exported).toMatchObject({ status: 0, err: '' });
    expect(exported.out).toContain('test.odd/name: 4 documents');
    expect(readdirSync(path.join(to, 'test')).sort()).toEqual([
      'odd%2Fname.bson',
      'odd%2Fname.metadata.json',
      'seen.metadata.json',
      'strict.bson',
      'strict.metadata.json',
    ]);
    await bench.stop();

    const other = path.join(freshFolder(), 'new');
    const imported = await run('import', '--dir', other, '--from', to);
    expect(imported).toMatchObject({ status: 0, err: '' });
    expect(await dump(other)).toEqual(await dump(dir));

    const again = await run('import', '--dir', other, '--from', to);
    expect(again.err).toContain('has documents already');
    rmSync(dir, { recursive: true });
  });

  it('compact gives free space back and loses nothing', async () => {
    const dir = freshFolder();
    const bench = await startBench({ dir });
    const items = bench.db.collection('items');
    await items.insertMany(Array.from({ length: 8000 }, (_, n) => ({ n, text: 'x'.repeat(500) })));
    await items.deleteMany({ n: { $gte: 100 } });
    await bench.db.collection('gone').insertMany(Array.from({ length: 2000 }, (_, n) => ({ n })));
    await bench.db.collection('gone').drop();
    const before = await bench.mongo.stats();
    expect(before.freeBytes).toBeGreaterThan(2_000_000);
    const copy = path.join(freshFolder(), 'data.mdb');
    await bench.mongo.snapshot(copy);
    await bench.stop();
    expect((await run('compact', '--dir', dir)).status).toBe(0);
    expect((await run('check', '--dir', dir)).status).toBe(0);
    const snapshot = await startBench({ dir: path.dirname(copy) });
    expect(await snapshot.db.collection('items').countDocuments({})).toBe(100);
    await snapshot.stop();
    const after = await startBench({ dir });
    expect((await after.mongo.stats()).fileBytes).toBeLessThan(before.fileBytes / 4);
    expect(await after.db.collection('items').countDocuments({})).toBe(100);
    await after.stop();
  });
});

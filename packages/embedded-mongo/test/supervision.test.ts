import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedMongo } from 'embedded-mongo';
import { MongoBulkWriteError, MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { COMMAND, freshFolder, RawClient, run, sleep, startBench } from './harness.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function until(what: () => boolean | Promise<boolean>, ms = 60_000): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(30))
    if (await what()) return true;
  return false;
}

/**
 * Each worker has ended what was under way and one thing more. Before that the process may not die again: a driver tries
 * a single write once more, not twice.
 */
function allGoOn(done: readonly number[]): Promise<boolean> {
  const before = [...done];
  return until(() => done.every((count, worker) => count > (before[worker] ?? 0) + 1));
}

describe('a database folder', () => {
  it('is refused to a second process in a clear sentence', async () => {
    const bench = await startBench();
    const second = await run('--dir', bench.dir);
    expect(second.status).toBe(73);
    expect(second.err).toContain(`is in use by process ${bench.mongo.pid}`);
    expect(second.err).toContain('Stop that process, or give this one another folder.');
    const compact = await run('compact', '--dir', bench.dir);
    expect(compact.err).toContain('is in use');
    await bench.stop();
  });

  it('can be shared by a second program, which takes over when the first one ends', async () => {
    const bench = await startBench();
    const restarts: string[] = [];
    const second = await startEmbeddedMongo({
      dir: bench.dir,
      onRestart: (reason) => restarts.push(reason),
    });
    expect(second.uri).toBe(bench.mongo.uri);
    expect(second.pid).toBe(bench.mongo.pid);
    const client = new MongoClient(second.uri);
    await client.db().collection('shared').insertOne({ from: 'second' });
    expect(await bench.client.db('openline').collection('shared').countDocuments()).toBe(1);
    await bench.client.close();
    await bench.mongo.stop();
    expect(await until(() => restarts.length > 0)).toBe(true);
    expect(await client.db().collection('shared').countDocuments()).toBe(1);
    expect(second.restarts).toBe(1);
    await client.close();
    await second.stop();
    rmSync(bench.dir, { recursive: true });
  });

  it('is closed when the program that opened it is killed', async () => {
    const dir = freshFolder();
    const index = fileURLToPath(new URL('../dist/index.js', import.meta.url));
    const program = `import { startEmbeddedMongo } from ${JSON.stringify(index)};
      const mongo = await startEmbeddedMongo({ dir: ${JSON.stringify(dir)} });
      console.log(mongo.pid);
      setInterval(() => undefined, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program]);
    const pid = await new Promise<number>((resolve) => {
      parent.stdout.once('data', (text) => resolve(Number(text)));
    });
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await until(() => !isAlive(pid))).toBe(true);
    const again = await startEmbeddedMongo({ dir });
    await again.stop();
    rmSync(dir, { recursive: true });
  });

  it('may lie so deep that a socket does not fit into it', async () => {
    const dir = path.join(freshFolder(), 'deep'.repeat(20), 'deeper'.repeat(10));
    const mongo = await startEmbeddedMongo({ dir });
    const client = new MongoClient(mongo.uri);
    await client.db().collection('x').insertOne({});
    expect(decodeURIComponent(mongo.uri)).not.toContain('deepdeep');
    await client.close();
    await mongo.stop();
  });
});

describe('a database process that dies', () => {
  it('tells its clients so, also when it ends on request', async () => {
    const { mongo, stop } = await startBench();
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const client = await RawClient.open(mongo.uri);
      expect(await client.command({ ping: 1 })).toMatchObject({ ok: 1 });
      const { pid } = mongo;
      process.kill(pid, signal);
      const told = await Promise.race([client.next(), sleep(10_000)]);
      expect(told, signal).toMatchObject({ ok: 0, codeName: 'InterruptedAtShutdown' });
      expect(await until(() => mongo.pid !== 0 && mongo.pid !== pid)).toBe(true);
      client.close();
    }
    await stop();
  });

  it('is started again, and no client sees an error', async () => {
    const reasons: string[] = [];
    const bench = await startBench({ onRestart: (reason) => reasons.push(reason) });
    const { mongo } = bench;
    const items = bench.db.collection<{ _id: number }>('items');
    const errors: unknown[] = [];
    let n = 0;
    let stop = false;
    const done = [0, 0, 0, 0, 0, 0];
    const writers = done.map(async (_, writer) => {
      for (; !stop; done[writer] = (done[writer] ?? 0) + 1)
        await items.insertOne({ _id: n++ }).catch((error) => errors.push(error));
    });
    expect(await allGoOn(done)).toBe(true);
    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGTERM'] as const) {
      const { pid } = mongo;
      process.kill(pid, signal);
      expect(await until(() => mongo.pid !== 0 && mongo.pid !== pid)).toBe(true);
      expect(await allGoOn(done)).toBe(true);
    }
    stop = true;
    await Promise.all(writers);
    expect(errors).toEqual([]);
    expect(reasons[1]).toContain('SIGKILL');
    expect(await items.countDocuments()).toBe(n);
    expect(mongo.restarts).toBe(3);
    await bench.stop();
  });
});

describe('a database process that dies under a program like ours', () => {
  it('shows it no error, neither in transactions nor in single writes and reads', async () => {
    // With a connection for each, as no more are busy than are open: see the README on transactions.
    const bench = await startBench({}, { minPoolSize: 16, maxPoolSize: 32 });
    const { mongo, client } = bench;
    const accounts = bench.db.collection<{ _id: string; v: number }>('accounts');
    const ids = ['a', 'b', 'counter', 'found'];
    await accounts.insertMany(ids.map((_id) => ({ _id, v: 0 })));
    const errors: string[] = [];
    const work = {
      transfers: () =>
        client.withSession((session) =>
          session.withTransaction(async () => {
            await accounts.updateOne({ _id: 'a' }, { $inc: { v: 1 } }, { session });
            await accounts.updateOne({ _id: 'b' }, { $inc: { v: -1 } }, { session });
          }),
        ),
      increments: () => accounts.updateOne({ _id: 'counter' }, { $inc: { v: 1 } }),
      found: () => accounts.findOneAndUpdate({ _id: 'found' }, { $inc: { v: 1 } }),
      inserts: () => bench.db.collection('items').insertMany([{ n: 1 }, { n: 2 }]),
      reads: () => accounts.find().sort({ v: 1 }).toArray(),
    };
    let stop = false;
    const kinds = (Object.keys(work) as (keyof typeof work)[]).flatMap((kind) => [kind, kind]);
    const done = kinds.map(() => 0);
    const workers = kinds.map(async (kind, worker) => {
      for (; !stop; done[worker] = (done[worker] ?? 0) + 1)
        await work[kind]().catch((error: Error) => errors.push(`${kind}: ${error.message}`));
    });
    const doneOf = (wanted: keyof typeof work): number =>
      done.reduce((sum, count, worker) => (kinds[worker] === wanted ? sum + count : sum), 0);
    expect(await allGoOn(done)).toBe(true);
    for (let kills = 0; kills < 5; kills++) {
      const { pid } = mongo;
      process.kill(pid, 'SIGKILL');
      expect(await until(() => mongo.pid !== 0 && mongo.pid !== pid)).toBe(true);
      expect(await allGoOn(done)).toBe(true);
    }
    stop = true;
    await Promise.all(workers);
    expect(errors).toEqual([]);
    const found = await accounts.find().sort({ _id: 1 }).toArray();
    expect(found.map(({ v }) => v)).toEqual([
      doneOf('transfers'),
      -doneOf('transfers'),
      doneOf('increments'),
      doneOf('found'),
    ]);
    expect(await bench.db.collection('items').countDocuments()).toBe(doneOf('inserts') * 2);
    await bench.stop();
  });
});

describe('a data file', () => {
  async function filled(): Promise<string> {
    const dir = freshFolder();
    const bench = await startBench({ dir });
    const documents = Array.from({ length: 5000 }, (_, n) => ({ n, text: 'x'.repeat(100) }));
    await bench.db.collection('items').insertMany(documents);
    await bench.stop();
    return dir;
  }

  it('that is cut short is detected and said at start', async () => {
    const dir = await filled();
    truncateSync(path.join(dir, 'data.mdb'), 300_000);
    await expect(startEmbeddedMongo({ dir })).rejects.toThrow(
      /data\.mdb is damaged: page \d+ is missing, the file ends too early\. Restore it from a backup/,
    );
    rmSync(dir, { recursive: true });
  });

  it('that is empty, gone or no database is detected and said at start', async () => {
    const dir = await filled();
    const file = path.join(dir, 'data.mdb');
    truncateSync(file, 0);
    await expect(startEmbeddedMongo({ dir })).rejects.toThrow(/damaged: it is missing or empty/);
    rmSync(file);
    await expect(startEmbeddedMongo({ dir })).rejects.toThrow(/damaged: it is missing or empty/);
    writeFileSync(file, Buffer.alloc(100_000, 7));
    await expect(startEmbeddedMongo({ dir })).rejects.toThrow(/damaged: its head is missing/);
    rmSync(dir, { recursive: true });
  });

  it('with a page that holds something else is found by check', async () => {
    const dir = await filled();
    const script = `const fs = require('fs'); const fd = fs.openSync(${JSON.stringify(path.join(dir, 'data.mdb'))}, 'r+');
      for (let page = 20; page < 60; page++) fs.writeSync(fd, Buffer.alloc(4096, 1), 0, 4096, page * 4096);`;
    execFileSync(process.execPath, ['-e', script]);
    const checked = await run('check', '--dir', dir);
    expect(checked.status).toBe(1);
    expect(checked.err).toMatch(/damaged: page \d+ (holds something else|is not readable)/);
    rmSync(dir, { recursive: true });
  });
});

describe('a full disk', () => {
  const canMount = process.platform === 'linux' && process.getuid?.() === 0;
  const refused = ((): string | null => {
    if (!canMount) return 'mounting a small file system needs root';
    const probe = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-mount-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe], { stdio: 'pipe' });
      execFileSync('umount', [probe]);
      return null;
    } catch {
      return 'this system does not allow mounting';
    }
  })();

  it.skipIf(refused)(
    `is said clearly, harms nothing, and is over when there is room again${refused ? ` (skipped: ${refused})` : ''}`,
    async () => {
      const small = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-small-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', small]);
      try {
        const dir = path.join(small, 'db');
        const bench = await startBench({ dir });
        const items = bench.db.collection<{ _id: number; text: string }>('items');
        let acknowledged = 0;
        let refusal = '';
        for (let i = 0; i < 20_000 && !refusal; i += 50)
          await items
            .insertMany(
              Array.from({ length: 50 }, (_, k) => ({ _id: i + k, text: 'x'.repeat(2000) })),
            )
            .then(
              () => {
                acknowledged += 50;
              },
              (error: Error) => {
                refusal = error.message;
                // An ordered batch keeps what came before the document that was refused.
                if (error instanceof MongoBulkWriteError) acknowledged += error.insertedCount;
              },
            );
        expect(refusal).toMatch(/disk that holds .* is nearly full/);
        expect(acknowledged).toBeGreaterThan(1000);
        // Now somebody else takes the rest, so that the file cannot grow at all.
        const hog = path.join(small, 'hog');
        mkdirSync(hog);
        try {
          writeFileSync(path.join(hog, 'file'), Buffer.alloc(24 * 1024 * 1024));
        } catch {
          // It is full now, which was the aim.
        }
        expect(await items.countDocuments()).toBe(acknowledged);
        await expect(items.insertOne({ _id: -1, text: '' })).rejects.toThrow(/nearly full/);
        const deletes = await items.deleteMany({ _id: { $lt: 100 } }).then(
          () => 100,
          () => 0,
        );
        rmSync(hog, { recursive: true });
        await sleep(1000);
        const left = await items.countDocuments();
        expect([acknowledged, acknowledged - deletes]).toContain(left);
        await items.deleteMany({ _id: { $lt: acknowledged - 500 } });
        await sleep(600);
        await items.insertOne({ _id: -2, text: 'there is room again' });
        await bench.stop();
        expect((await run('check', '--dir', dir)).status).toBe(0);
      } finally {
        execFileSync('umount', ['-l', small]);
        rmSync(small, { recursive: true });
      }
    },
  );
});

describe('the command', () => {
  it('serves a folder on a socket and ends on SIGTERM', async () => {
    const dir = freshFolder();
    const socket = path.join(dir, 'here.sock');
    const server = spawn(process.execPath, [COMMAND, '--dir', dir, '--socket', socket]);
    await new Promise((resolve) => {
      server.stdout.once('data', resolve);
    });
    const client = new MongoClient(
      `mongodb://${encodeURIComponent(socket)}/?directConnection=true`,
    );
    await client.db('x').collection('y').insertOne({ a: 1 });
    await client.close();
    server.kill('SIGTERM');
    const code = await new Promise((resolve) => {
      server.once('exit', resolve);
    });
    expect(code).toBe(0);
    rmSync(dir, { recursive: true });
  });

  it('says what it does not understand', async () => {
    const done = await run('--folder', '/tmp/x');
    expect(done.status).toBe(64);
    expect(done.err).toContain('unknown option --folder');
  });
});

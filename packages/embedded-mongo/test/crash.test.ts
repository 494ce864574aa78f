import { type MongoClient, MongoError } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, run, sleep, startBench } from './harness.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 4);

/** What the load did and was told. */
interface Ledger {
  acknowledged: Set<number>;
  increments: number;
  transfers: number;
  /** Transactions the driver gave up before they were sent. */
  neverSent: number;
  errors: string[];
}

interface Entry {
  _id: number;
  k: number;
  g: number;
}

interface Account {
  _id: string;
  v: number;
}

/** Writes in many ways at once until it is stopped. */
class Load {
  private stopping = false;
  private readonly client: MongoClient;
  private readonly ledger: Ledger;
  private readonly running: Promise<void>[] = [];
  private static sequence = 0;

  constructor(client: MongoClient, ledger: Ledger) {
    this.client = client;
    this.ledger = ledger;
    for (let i = 0; i < 8; i++) this.repeat(() => this.insert());
    for (let i = 0; i < 4; i++) this.repeat(() => this.increment());
    for (let i = 0; i < 2; i++) this.repeat(() => this.transfer());
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
  }

  private repeat(work: () => Promise<void>): void {
    this.running.push(
      (async () => {
        while (!this.stopping)
          await work().catch((error: Error) => {
            this.ledger.errors.push(`${error.name}: ${error.message}`);
          });
      })(),
    );
  }

  private async insert(): Promise<void> {
    const k = Load.sequence++;
    await this.client
      .db('crash')
      .collection<Entry>('entries')
      .insertOne({ _id: k, k, g: k % 7 });
    this.ledger.acknowledged.add(k);
  }

  private async increment(): Promise<void> {
    const counters = this.client.db('crash').collection<Account>('counters');
    await counters.updateOne({ _id: 'n' }, { $inc: { v: 1 } });
    this.ledger.increments++;
  }

  private async transfer(): Promise<void> {
    const accounts = this.client.db('crash').collection<Account>('accounts');
    try {
      await this.client.withSession((session) =>
        session.withTransaction(async () => {
          await accounts.updateOne({ _id: 'a' }, { $inc: { v: 1 } }, { session });
          await accounts.updateOne({ _id: 'b' }, { $inc: { v: -1 } }, { session });
        }),
      );
      this.ledger.transfers++;
    } catch (error) {
      // The driver gives a command of a transaction that was still waiting for a connection no
      // label to try again (its server.command labels only what was sent), whatever the server.
      if (!(error instanceof MongoError && error.name === 'MongoPoolClearedError')) throw error;
      this.ledger.neverSent++;
    }
  }
}

describe(`a database process killed at random moments, ${ROUNDS} times`, () => {
  let bench: Bench;
  const ledger: Ledger = {
    acknowledged: new Set(),
    increments: 0,
    transfers: 0,
    neverSent: 0,
    errors: [],
  };

  beforeAll(async () => {
    bench = await startBench({}, { maxPoolSize: 30 });
    const db = bench.client.db('crash');
    await db.collection('entries').createIndex({ k: 1 }, { unique: true });
    await db.collection('entries').createIndex({ g: 1, k: -1 });
    await db.collection<Account>('counters').insertOne({ _id: 'n', v: 0 });
    await db.collection<Account>('accounts').insertMany([
      { _id: 'a', v: 0 },
      { _id: 'b', v: 0 },
    ]);
  });
  afterAll(() => bench.stop());

  it(
    'loses nothing it acknowledged, does nothing twice, and no client sees an error',
    async () => {
      const db = bench.client.db('crash');
      let kept = 0;
      const began = Date.now();
      for (let round = 0; round < ROUNDS; round++) {
        const load = new Load(bench.client, ledger);
        await sleep(200 + Math.random() * 500);
        const { pid } = bench.mongo;
        // Zero would be this process and all its kin.
        expect(pid).toBeGreaterThan(0);
        process.kill(pid, 'SIGKILL');
        await sleep(300 + Math.random() * 500);
        await load.stop();

        const entries = db.collection<Entry>('entries');
        const found = new Set((await entries.find().toArray()).map((entry) => entry._id));
        const lost = [...ledger.acknowledged].filter((k) => !found.has(k));
        const [a, b] = await db.collection<Account>('accounts').find().sort({ _id: 1 }).toArray();
        const counter = await db.collection<Account>('counters').findOne({ _id: 'n' });
        const where = `round ${round}`;
        expect(ledger.errors, where).toEqual([]);
        expect(lost, where).toEqual([]);
        expect(found.size, where).toBe(ledger.acknowledged.size);
        expect(await entries.countDocuments({ k: { $gte: 0 } }), where).toBe(found.size);
        expect(await entries.estimatedDocumentCount(), where).toBe(found.size);
        expect(counter?.v, where).toBe(ledger.increments);
        expect([a?.v, b?.v], where).toEqual([ledger.transfers, -ledger.transfers]);
        const validated = await db.command({ validate: 'entries' });
        expect(validated['errors'], where).toEqual([]);
        kept += ledger.acknowledged.size;
        if (round % 20 === 19) console.log(`${round + 1} kills, ${Date.now() - began} ms`);
        // Begin anew now and then, or the long run reads more and more.
        await entries.deleteMany({});
        ledger.acknowledged.clear();
      }
      expect(bench.mongo.restarts).toBe(ROUNDS);
      const checked = await run('check', '--dir', bench.dir);
      expect(checked.err).toBe('');
      expect(checked.status).toBe(0);
      console.log(
        `${ROUNDS} kills: ${kept} inserts, ${ledger.increments} increments, ${ledger.transfers} transactions (${ledger.neverSent} never sent)`,
      );
    },
    60_000 + ROUNDS * 10_000,
  );
});

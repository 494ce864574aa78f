// Prints JSON: how long others wait while one client works on everything, beside how long they wait
// of an idle server in the same run. `npm run bench:others -w embedded-mongo -- --documents 300000`
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedMongo } from 'embedded-mongo';
import { MongoClient } from 'mongodb';

const argument = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const DOCUMENTS = Number(argument('documents', 300_000));
const ONLY = argument('only', '');
const IDLE_MS = 5000;
const SWEEP_MS = 3000;

const dir = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-others-'));
const mongo = await startEmbeddedMongo({ dir });
const client = new MongoClient(mongo.uri);
const db = client.db('others');
const items = db.collection('items');

const item = (n) => ({
  _id: n,
  n,
  user: `u${n % 1000}`,
  status: ['new', 'open', 'done'][n % 3],
  at: new Date(1.7e12 + n * 1000),
  amount: (n * 7919) % 100_003,
  tags: [`a${n % 10}`, 'b'],
  text: 'x'.repeat(180),
});
/** Takes an answer to its end and forgets it. */
const drain = async (cursor) => {
  for await (const _ of cursor);
};
const pipe = (pipeline) => drain(items.aggregate(pipeline));
/** The command answers at once; the keys are swept away afterwards. */
const swept = () => new Promise((resolve) => setTimeout(resolve, SWEEP_MS));
const small = { $project: { n: 1, user: 1, amount: 1 } };

const WORK = {
  idle: () => new Promise((resolve) => setTimeout(resolve, IDLE_MS)),
  insertMany: async () => {
    for (let n = 0; n < DOCUMENTS; n += 10_000)
      await items.insertMany(Array.from({ length: 10_000 }, (_, i) => item(n + i)));
  },
  createIndex: () => items.createIndex({ user: 1, at: -1 }),
  createIndexOfArrays: () => items.createIndex({ tags: 1, n: 1 }),
  createUniqueIndex: () => items.createIndex({ n: 1 }, { unique: true }),
  dropIndex: () => items.dropIndex('tags_1_n_1').then(swept),
  count: () => items.countDocuments({ amount: { $gt: 5000 } }),
  distinct: () => items.distinct('n'),
  findSort: () => drain(items.find().sort({ amount: -1 })),
  findSortLimit: () => drain(items.find().sort({ amount: -1 }).limit(10)),
  group: () => pipe([{ $group: { _id: '$user', sum: { $sum: '$amount' }, all: { $push: '$n' } } }]),
  groupEach: () => pipe([{ $group: { _id: '$n', sum: { $sum: '$amount' } } }]),
  unwind: () => pipe([{ $unwind: '$tags' }, { $group: { _id: '$tags', n: { $sum: 1 } } }]),
  lookupByIndex: () =>
    pipe([
      { $lookup: { from: 'users', localField: 'user', foreignField: '_id', as: 'owner' } },
      { $match: { 'owner.0': null } },
    ]),
  lookupWithoutIndex: () =>
    drain(
      db
        .collection('users')
        .aggregate([
          { $limit: 5 },
          { $lookup: { from: 'items', localField: '_id', foreignField: 'none', as: 'items' } },
        ]),
    ),
  facet: () =>
    pipe([
      small,
      {
        $facet: {
          users: [{ $sortByCount: '$user' }],
          greatest: [{ $sort: { amount: -1 } }, { $limit: 10 }],
        },
      },
    ]),
  setWindowFields: () =>
    pipe([
      small,
      {
        $setWindowFields: {
          partitionBy: '$user',
          sortBy: { amount: 1 },
          output: {
            rank: { $rank: {} },
            sum: { $sum: '$amount', window: { documents: ['unbounded', 'current'] } },
          },
        },
      },
    ]),
  setWindowFieldsWhole: () =>
    pipe([
      small,
      {
        $setWindowFields: {
          sortBy: { n: 1 },
          output: { near: { $avg: '$amount', window: { range: [-5, 5] } } },
        },
      },
    ]),
  out: () => pipe([small, { $out: 'copies' }]),
  merge: () => pipe([small, { $set: { merged: true } }, { $merge: 'copies' }]),
  transactionOf1000: () =>
    client.withSession((session) =>
      session.withTransaction(async () => {
        for (let n = 0; n < 1000; n++)
          await items.updateOne({ _id: n }, { $inc: { amount: 1 } }, { session });
      }),
    ),
  transactionOf10000: () =>
    client.withSession((session) =>
      session.withTransaction(() =>
        items.updateMany({ _id: { $lt: 10_000 } }, { $inc: { amount: 1 } }, { session }),
      ),
    ),
  updateMany: () => items.updateMany({}, { $set: { seen: true } }),
  updateManyIndexed: () => items.updateMany({ status: 'open' }, { $set: { user: 'moved' } }),
  deleteMany: () => items.deleteMany({ status: { $ne: 'done' } }),
  drop: () => db.collection('copies').drop().then(swept),
  idleAgain: () => new Promise((resolve) => setTimeout(resolve, IDLE_MS)),
};
const NEEDED = new Set(['idle', 'insertMany', 'createIndex', 'createIndexOfArrays']);

/** Does something and tells how long others waited meanwhile. */
async function watched(work) {
  const probe = fork(fileURLToPath(new URL('./probe.mjs', import.meta.url)), [mongo.uri]);
  await new Promise((resolve) => probe.once('message', resolve));
  const start = performance.now();
  await work();
  const ms = Math.round(performance.now() - start);
  const waits = new Promise((resolve) => probe.once('message', resolve));
  probe.send('stop');
  return { ms, othersWaitMs: await waits };
}

await db.collection('users').insertMany(Array.from({ length: 1000 }, (_, i) => ({ _id: `u${i}` })));
const out = {};
for (const [name, work] of Object.entries(WORK))
  if (!ONLY || NEEDED.has(name) || ONLY.split(',').includes(name)) out[name] = await watched(work);
await client.close();
await mongo.stop();
rmSync(dir, { recursive: true });
const lines = Object.entries(out).map(([name, one]) => `  "${name}": ${JSON.stringify(one)}`);
console.log(`{\n${lines.join(',\n')}\n}`);

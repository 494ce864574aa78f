// Prints JSON: operations per second beside a bare driver ping of the same run.
// `npm run bench -w embedded-mongo -- --documents 100000`
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedMongo } from 'embedded-mongo';
import { MongoClient } from 'mongodb';

const argument = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const DOCUMENTS = argument('documents', 100_000);
const SECONDS = argument('seconds', 3);

const dir = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-bench-'));
const began = performance.now();
const mongo = await startEmbeddedMongo({ dir });
const out = {
  documents: DOCUMENTS,
  node: process.version,
  startMs: Math.round(performance.now() - began),
  idleMb: residentMb(mongo.pid),
  perSecond: {},
  ratioToPing: {},
  // What one costs the processor, in microseconds: with the driver, and in the database's process.
  cpuMicros: {},
  // The same with 16 in flight from a client that has no driver and does not look at the answers.
  withoutDriver: {},
  longMs: {},
};

function residentMb(pid) {
  try {
    return Math.round(
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024,
    );
  } catch {
    return null; // Only Linux tells.
  }
}

const TICK_MICROS = 10_000;

/** What a process has used of the processor, in microseconds. */
function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MICROS;
  } catch {
    return Number.NaN; // Only Linux tells.
  }
}

const client = new MongoClient(mongo.uri, { maxPoolSize: 32 });
await client.connect();
const db = client.db('bench');
const items = db.collection('items');

let n = 0;
const makeItem = () => ({
  n: n++,
  user: `u${n % 1000}`,
  status: ['new', 'open', 'done'][n % 3],
  at: new Date(1.7e12 + n * 1000),
  amount: Math.round(Math.random() * 1e6) / 100,
  tags: [`a${n % 10}`, 'b'],
  text: 'x'.repeat(180),
});

/** How often something can be done per second with so many in flight. */
async function rate(name, inFlight, work) {
  let done = 0;
  const own = process.cpuUsage();
  const cpu = cpuOf(mongo.pid);
  const start = performance.now();
  const end = start + SECONDS * 1000;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (; performance.now() < end; done++) await work();
    }),
  );
  const perSecond = Math.round((done / (performance.now() - start)) * 1000);
  out.perSecond[name] = { ...out.perSecond[name], [`x${inFlight}`]: perSecond };
  const { user, system } = process.cpuUsage(own);
  const micros = {
    driver: Math.round((user + system) / done),
    database: Math.round((cpuOf(mongo.pid) - cpu) / done),
  };
  out.cpuMicros[name] = { ...out.cpuMicros[name], [`x${inFlight}`]: micros };
  const ping = out.perSecond.ping[`x${inFlight}`];
  const ratio = Number((ping / perSecond).toFixed(2));
  out.ratioToPing[name] = { ...out.ratioToPing[name], [`x${inFlight}`]: ratio };
}

/** What a client without a driver gets, which is nearly what the database can give. */
async function withoutDriver(names) {
  const bare = fork(fileURLToPath(new URL('./bare.mjs', import.meta.url)), [mongo.uri]);
  for (const name of names) {
    const cpu = cpuOf(mongo.pid);
    bare.send({ name, seconds: SECONDS });
    const { done, seconds } = await new Promise((resolve) => bare.once('message', resolve));
    out.withoutDriver[name] = {
      perSecond: Math.round(done / seconds),
      databaseMicros: Math.round((cpuOf(mongo.pid) - cpu) / done),
    };
  }
  bare.disconnect();
}

/** How long something takes. */
async function long(name, work) {
  const start = performance.now();
  await work();
  out.longMs[name] = Math.round(performance.now() - start);
}

await long('insertMany', async () => {
  while (n < DOCUMENTS) await items.insertMany(Array.from({ length: 5000 }, makeItem));
});
await long('createIndex', () => items.createIndex({ user: 1, at: -1 }));
await long('createIndexOfArrays', () => items.createIndex({ tags: 1 }));
const ids = (await items.find({}, { projection: { _id: 1 }, limit: 20_000 }).toArray()).map(
  (d) => d._id,
);
const anyId = () => ids[Math.floor(Math.random() * ids.length)];
const anyUser = () => `u${Math.floor(Math.random() * 1000)}`;

for (const inFlight of [1, 16]) {
  await rate('ping', inFlight, () => db.command({ ping: 1 }));
  await rate('findOne', inFlight, () => items.findOne({ _id: anyId() }));
  await rate('insertOne', inFlight, () => items.insertOne(makeItem()));
  await rate('findSortLimit50', inFlight, () =>
    items.find({ user: anyUser() }).sort({ at: -1 }).limit(50).toArray(),
  );
  await rate('findSortLimit50Raw', inFlight, () =>
    items.find({ user: anyUser() }, { raw: true }).sort({ at: -1 }).limit(50).toArray(),
  );
  await rate('findOneAndUpdate', inFlight, () =>
    items.findOneAndUpdate({ _id: anyId() }, { $inc: { amount: 1 } }, { returnDocument: 'after' }),
  );
}

await withoutDriver(['ping', 'findSortLimit50']);

await long('updateMany', () => items.updateMany({}, { $set: { seen: true } }));
await long('updateManyIndexed', () =>
  items.updateMany({ status: 'open' }, { $set: { user: 'moved' } }),
);
await long('scan', () => items.countDocuments({ amount: { $gt: 5000 } }));
await long('group', () =>
  items.aggregate([{ $group: { _id: '$status', sum: { $sum: '$amount' } } }]).toArray(),
);
await long('sortWithoutIndex', () => items.find().sort({ amount: -1 }).limit(10).toArray());
await long('deleteMany', () => items.deleteMany({ status: 'done' }));
out.workedMb = residentMb(mongo.pid);
out.file = await mongo.stats();
await client.close();
await mongo.stop();
rmSync(dir, { recursive: true });
console.log(JSON.stringify(out, null, 2));

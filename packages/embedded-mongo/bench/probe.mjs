// Another client: asks small things every few milliseconds and tells how long the answers took.
import { MongoClient } from 'mongodb';

const EVERY_MS = 5;
const client = new MongoClient(process.argv[2], { minPoolSize: 3 });
await client.connect();
const db = client.db('probe');
const own = db.collection('own');
await own.updateOne({ _id: 1 }, { $set: { n: 0 } }, { upsert: true });
const ASKED = {
  ping: () => db.command({ ping: 1 }),
  findOne: () => own.findOne({ _id: 1 }),
  insertOne: () => own.insertOne({ n: 1 }),
};
// The first of each loads code and opens connections.
await Promise.all(Object.values(ASKED).map((ask) => ask()));
await Promise.all(Object.values(ASKED).map((ask) => ask()));
const waits = {};
let running = true;

const asking = Object.entries(ASKED).map(async ([name, ask]) => {
  waits[name] = [];
  while (running) {
    const start = performance.now();
    await ask();
    waits[name].push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
});

function summary(list) {
  list.sort((a, b) => a - b);
  const at = (share) =>
    Number((list[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0).toFixed(1));
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

process.on('message', async () => {
  running = false;
  await Promise.all(asking);
  await own.drop();
  const told = Object.fromEntries(Object.entries(waits).map(([k, list]) => [k, summary(list)]));
  process.send(told, () => process.exit());
});
process.send('ready');

// Another client: asks small things all the time and tells how long the answers took.
import { MongoClient } from 'mongodb';

const client = new MongoClient(process.argv[2]);
await client.connect();
const own = client.db('bench').collection('probe');
await own.updateOne({ _id: 1 }, { $set: { n: 0 } }, { upsert: true });
const waits = { read: [], write: [] };
let running = true;

async function ask(kind, work) {
  while (running) {
    const start = performance.now();
    await work();
    waits[kind].push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
const asking = [
  ask('read', () => own.findOne({ _id: 1 })),
  ask('write', () => own.updateOne({ _id: 1 }, { $inc: { n: 1 } })),
];

function summary(list) {
  list.sort((a, b) => a - b);
  const at = (share) =>
    Number((list[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0).toFixed(1));
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

process.on('message', async () => {
  running = false;
  await Promise.all(asking);
  process.send({ read: summary(waits.read), write: summary(waits.write) }, () => process.exit());
});
process.send('ready');

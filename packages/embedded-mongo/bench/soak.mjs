// A long steady load of mixed kinds, and what it costs: memory, file and latencies each quarter of a
// minute. Ends with a verdict over the second half. `npm run soak -w embedded-mongo -- --minutes 60`
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedMongo } from 'embedded-mongo';
import { Long, MongoClient } from 'mongodb';
import { LOAD, prepare, wrongThings } from './soak-load.mjs';
import { judge } from './soak-verdict.mjs';

const argument = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const MINUTES = Number(argument('minutes', process.env.SOAK_MINUTES ?? 60));
const PER_SECOND = Number(argument('rate', process.env.SOAK_RATE ?? 200));
const SAMPLES = argument('samples', undefined);
const SAMPLE_MS = 15_000;
const TICK_MS = 50;
// What is not answered by then is not asked any faster.
const MAX_IN_FLIGHT = 64;

/** Megabytes that belong to the process alone, and all that the system counts to it. */
function memoryOf(pid) {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1024;
  return { ownMb: round(of('Anonymous')), residentMb: round(of('Rss')) };
}

const round = (n) => Math.round(n * 100) / 100;

class Latencies {
  #taken = new Map();

  add(name, ms) {
    const list = this.#taken.get(name) ?? [];
    list.push(ms);
    this.#taken.set(name, list);
  }

  /** What was taken since the last time. */
  take() {
    const out = {};
    for (const [name, list] of this.#taken) {
      list.sort((a, b) => a - b);
      const at = (share) => round(list[Math.min(list.length - 1, Math.floor(list.length * share))]);
      out[name] = { n: list.length, p50: at(0.5), p99: at(0.99), max: at(1) };
    }
    this.#taken = new Map();
    return out;
  }
}

const dir = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-soak-'));
const mongo = await startEmbeddedMongo({ dir });
const client = new MongoClient(mongo.uri, { maxPoolSize: 16 });
const db = client.db('soak');
const office = await prepare(client, db);

// A second program that comes and goes, as a short job would.
async function comeAndGo() {
  const guest = new MongoClient(mongo.uri);
  await guest
    .db('soak')
    .collection('items')
    .findOne({ _id: Long.fromNumber(office.oldest) });
  await guest.close();
}

const latencies = new Latencies();
const errors = [];
const samples = [];
let inFlight = 0;
let skipped = 0;

async function one(name, work) {
  const start = performance.now();
  try {
    await work(office);
    latencies.add(name, performance.now() - start);
  } catch (error) {
    errors.push(`${name}: ${error.message}`);
  }
}

const began = performance.now();
const end = began + MINUTES * 60_000;
let nextSample = began + SAMPLE_MS;
let started = 0;
if (SAMPLES) writeFileSync(SAMPLES, '');
while (performance.now() < end) {
  const due = ((performance.now() - began) / 1000) * PER_SECOND;
  for (; started < due; started++) {
    if (inFlight >= MAX_IN_FLIGHT) {
      skipped++;
      continue;
    }
    const [name, work] = LOAD.pick();
    inFlight++;
    void one(name, work).finally(() => inFlight--);
  }
  if (performance.now() >= nextSample) {
    nextSample += SAMPLE_MS;
    await one('comeAndGo', comeAndGo);
    const { fileBytes, freeBytes } = await mongo.stats();
    const sample = {
      second: Math.round((performance.now() - began) / 1000),
      ...memoryOf(mongo.pid),
      fileMb: round(fileBytes / 1048576),
      usedMb: round((fileBytes - freeBytes) / 1048576),
      latencies: latencies.take(),
    };
    samples.push(sample);
    if (SAMPLES) appendFileSync(SAMPLES, `${JSON.stringify(sample)}\n`);
  }
  await new Promise((resolve) => setTimeout(resolve, TICK_MS));
}
while (inFlight) await new Promise((resolve) => setTimeout(resolve, TICK_MS));

const wrong = await wrongThings(office);
const { restarts } = mongo;
await office.close();
await client.close();
await mongo.stop();
rmSync(dir, { recursive: true });
const verdict = judge({ samples, errors, wrong, restarts });
console.log(
  JSON.stringify(
    { minutes: MINUTES, perSecond: PER_SECOND, operations: started - skipped, skipped, ...verdict },
    null,
    2,
  ),
);
process.exit(verdict.steady ? 0 : 1);

// `npm run bench`: prints JSON. Every figure stands beside the same machine's limit in the same run; needs a build.
import fs from 'node:fs';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedMongo } from 'embedded-mongo';
import mongoose from 'mongoose';
import { io } from 'socket.io-client';
import { post, summary } from './load.mjs';
import { mappedFilesMb, memoryMb, startNode } from './processes.mjs';
import { seedConversations } from './seed.mjs';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const EVENTS = Number(process.env.BENCH_EVENTS ?? 4000);
const IN_FLIGHT = Number(process.env.BENCH_IN_FLIGHT ?? 32);
/** How many customers write in turns. */
const CHATS = 100;
const STORED = Number(process.env.BENCH_STORED ?? 100_000);
const SECRET = 'sandbox-secret-for-bench';
const ADMIN = { email: 'admin@example.org', password: 'correct horse battery' };
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const say = (text) => process.stderr.write(`${text}\n`);
/** Shows a part as soon as it is known; the whole goes to standard output at the end. */
const keep = (part) => {
  Object.assign(result, part);
  say(JSON.stringify(part));
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'openline-bench-'));
const result = { node: process.version, cores: os.cpus().length, inFlight: IN_FLIGHT };

// ── cold start and idle memory, as a newcomer runs it ──
say('cold start');
{
  const env = { DATA_DIR: path.join(folder, 'cold'), PORT: '0' };
  const first = await startNode('dist/src/main.js', env);
  await first.stop();
  const again = await startNode('dist/src/main.js', env);
  await pause(15_000);
  keep({
    coldStart: { emptyFolderMs: first.readyMs, againMs: again.readyMs },
    idleMemoryMb: memoryMb(again.pid),
  });
  await again.stop();
}

// ── one database for the product and for the baseline ──
const database = await startEmbeddedMongo({ dir: path.join(folder, 'database') });
const uriOf = (name) => {
  const uri = new URL(database.uri);
  uri.pathname = `/${name}`;
  return uri.toString();
};

// ── a pretend provider that takes everything ──
let taken = 0;
const provider = createServer((request, response) => {
  request.resume().on('end', () => {
    taken++;
    response.writeHead(200, { 'content-type': 'application/json' }).end(`{"id":"p${taken}"}`);
  });
});
await new Promise((resolve) => provider.listen(0, '127.0.0.1', resolve));

const app = await startNode('dist/src/main.js', {
  DATA_DIR: folder,
  MONGODB_URI: uriOf('openline'),
  PORT: '0',
  OPENLINE_ADMIN_EMAIL: ADMIN.email,
  OPENLINE_ADMIN_PASSWORD: ADMIN.password,
  ALLOW_PRIVATE_PROVIDER_HOSTS: 'on',
});
const signIn = await fetch(`${app.url}/api/v1/session`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(ADMIN),
});
const { csrf, user } = await signIn.json();
const cookie = signIn.headers.getSetCookie()[0].split(';')[0];
const { token } = await (
  await fetch(`${app.url}/api/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, 'x-csrf-token': csrf },
    body: '{"name":"bench"}',
  })
).json();
const authorization = `Bearer ${token}`;
const call = async (method, route, body) => {
  const answer = await fetch(`${app.url}/api/v1${route}`, {
    method,
    headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};
const line = await call('POST', '/lines', { name: 'Bench', queue: 'all', members: [user.id] });
const channel = await call('POST', '/channels', {
  type: 'sandbox',
  name: 'Bench',
  lineId: line.id,
  config: { secret: SECRET, apiRoot: `http://127.0.0.1:${provider.address().port}` },
});
await call('POST', `/channels/${channel.id}/connect`);

// ── inbound: POST → durably stored → pushed to a connected operator ──
say('inbound');
const hook = {
  url: app.url,
  path: `/hooks/sandbox/${channel.id}`,
  headers: { 'x-sandbox-secret': SECRET },
  inFlight: IN_FLIGHT,
};
const eventBody = (n) =>
  JSON.stringify({
    events: [
      {
        type: 'message',
        id: `e${n}`,
        messageId: `m${n}`,
        chat: `chat${n % CHATS}`,
        from: { id: `chat${n % CHATS}`, name: `Customer ${n % CHATS}` },
        text: `Message number ${n}: is it still to be had, and in which colours?`,
      },
    ],
  });
await post({ ...hook, count: CHATS, body: eventBody });
const listTalks = async () => (await call('GET', `/conversations?limit=${CHATS}`)).items;
let talks = await listTalks();
for (; talks.length < CHATS; talks = await listTalks()) await pause(50);
const socket = io(`${app.url}/staff`, { auth: { token }, transports: ['websocket'] });
await new Promise((resolve, reject) => {
  socket.once('connect', resolve);
  socket.once('connect_error', reject);
});
for (const talk of talks)
  await new Promise((resolve, reject) =>
    socket.emit('watch', { conversationId: talk.id, afterSeq: talk.seq }, (answer) =>
      answer.error ? reject(new Error(answer.error.message)) : resolve(),
    ),
  );

const runInbound = async (from, count) => {
  const begun = new Map();
  const pushed = [];
  let lastPush = 0;
  const seen = new Set();
  const onMessage = ({ message }) => {
    const start = begun.get(message.clientId);
    if (start === undefined || seen.has(message.id)) return;
    seen.add(message.id);
    lastPush = performance.now();
    pushed.push(lastPush - start);
  };
  socket.on('message', onMessage);
  const started = performance.now();
  const posted = await post({
    ...hook,
    count,
    body: (n) => eventBody(from + n),
    onStart: (n, at) => begun.set(`m${from + n}`, at),
  });
  const end = Date.now() + 60_000;
  while (pushed.length < count && Date.now() < end) await pause(5);
  socket.off('message', onMessage);
  if (pushed.length < count)
    throw new Error(`only ${pushed.length} of ${count} events were pushed`);
  return {
    perSecond: Math.round(count / ((lastPush - started) / 1000)),
    toAnswerMs: summary(posted.latencies),
    toPushMs: summary(pushed),
  };
};
await runInbound(CHATS * 10, CHATS * 5);
const inbound = await runInbound(CHATS * 20, EVENTS);

say('baseline');
const baseline = await startNode('test/bench/baseline-server.mjs', {
  MONGODB_URI: uriOf('baseline'),
});
const bare = (count) =>
  post({ url: baseline.url, path: '/', inFlight: IN_FLIGHT, count, body: eventBody });
await bare(500);
const limit = await bare(EVENTS);
await baseline.stop();
keep({
  inbound: {
    ...inbound,
    baseline: { perSecond: limit.perSecond, toAnswerMs: summary(limit.latencies) },
    ratio: Math.round((inbound.perSecond / limit.perSecond) * 100) / 100,
  },
});

// ── replies to a loopback provider ──
say('replies');
{
  const before = taken;
  const count = Math.round(EVENTS / 2);
  const started = performance.now();
  const replies = await post({
    url: app.url,
    path: (n) => `/api/v1/conversations/${talks[n % talks.length].id}/messages`,
    headers: { authorization },
    inFlight: IN_FLIGHT,
    count,
    body: (n) => JSON.stringify({ text: `Answer number ${n}`, clientId: `bench-${n}` }),
  });
  while (taken - before < count) await pause(5);
  keep({
    replies: {
      perSecond: Math.round(count / ((performance.now() - started) / 1000)),
      toAcceptedMs: summary(replies.latencies),
    },
  });
}
socket.close();

// ── the list of open talks with many conversations stored ──
say(`list over ${STORED} conversations`);
{
  const connection = await mongoose.createConnection(uriOf('openline')).asPromise();
  await seedConversations(connection, { count: STORED, ownerId: user.id });
  await connection.close();
  const routes = {
    waiting: '/conversations?filter[state]=waiting&limit=50',
    mine: '/conversations?filter[state]=open&filter[owner]=me&limit=50',
    closed: '/conversations?filter[state]=closed&limit=50',
  };
  const list = { stored: STORED };
  for (const [name, route] of Object.entries(routes)) {
    const latencies = [];
    for (let n = 0; n < 200; n++) {
      const begun = performance.now();
      const page = await call('GET', route);
      if (page.items.length === 0) throw new Error(`${name}: nothing listed`);
      latencies.push(performance.now() - begun);
    }
    list[name] = summary(latencies);
  }
  keep({ list });
}
result.busyMemoryMb = memoryMb(app.pid);
await app.stop();
await database.stop();

// ── idle on all of that, as one who starts it again has it ──
say('started again');
{
  const again = await startNode('dist/src/main.js', {
    DATA_DIR: folder,
    PORT: '0',
    ALLOW_PRIVATE_PROVIDER_HOSTS: 'on',
  });
  await pause(15_000);
  keep({
    startedAgain: {
      readyMs: again.readyMs,
      idleMemoryMb: memoryMb(again.pid),
      ofItFilesMb: mappedFilesMb(again.pid),
    },
  });
  await again.stop();
}
provider.close();
fs.rmSync(folder, { recursive: true, force: true });

result.bounds = {
  coldStart: 'loading modules (CPU of one core), then creating indexes on an empty folder',
  inbound:
    'CPU: load, product and database share the cores; writes are shared by about a dozen events each, what is left is reading, checking, storing and pushing each event',
  replies:
    'CPU: what answers under way read and lease they share; each has its own end written, its pushes and its request to the provider',
  idleMemory:
    'Node itself, about 45 MB in either process, and loaded modules; what was read of the data file counts as resident until the system wants it back',
  list: 'one indexed query of 51 documents and their JSON',
};
console.log(JSON.stringify(result, null, 2));

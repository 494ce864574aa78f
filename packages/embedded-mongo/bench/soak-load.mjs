// What the soak does, and what must be true after it. The number of documents stays the same.
import { Long } from 'mongodb';

const ITEMS = 10_000;
const ACCOUNTS = 200;
const START_BALANCE = 1000;
const USERS = 500;
const EVENT_SECONDS = 60;

const below = (n) => Math.floor(Math.random() * n);
const item = (n) => ({
  _id: Long.fromNumber(n),
  user: `u${n % USERS}`,
  status: ['new', 'open', 'done'][n % 3],
  at: new Date(),
  amount: below(1e6) / 100,
  tags: [`a${n % 10}`, `b${n % 7}`],
  text: 'x'.repeat(100 + below(400)),
});

/** Makes the collections that the load works on. */
export async function prepare(client, db) {
  const [items, events, accounts] = ['items', 'events', 'accounts'].map((c) => db.collection(c));
  await items.createIndexes([
    { key: { user: 1, at: -1 } },
    { key: { tags: 1 } },
    { key: { status: 1, amount: 1 } },
  ]);
  await events.createIndex({ at: 1 }, { expireAfterSeconds: EVENT_SECONDS });
  for (let n = 0; n < ITEMS; n += 1000)
    await items.insertMany(Array.from({ length: 1000 }, (_, i) => item(n + i)));
  await accounts.insertMany(
    Array.from({ length: ACCOUNTS }, (_, i) => ({ _id: i, balance: START_BALANCE, moves: 0 })),
  );
  const stream = accounts.watch([], { fullDocument: 'updateLookup' });
  const office = {
    client,
    items,
    events,
    accounts,
    stream,
    oldest: 0,
    next: ITEMS,
    moves: 0,
    seen: 0,
    close: () => stream.close(),
  };
  stream.on('change', () => office.seen++);
  // The stream sees what comes after its first question to the server.
  await new Promise((resolve) => setTimeout(resolve, 500));
  return office;
}

const anyItem = (o) => Long.fromNumber(o.oldest + 50 + below(o.next - o.oldest - 50));

async function move(o) {
  const from = below(ACCOUNTS);
  const to = (from + 1 + below(ACCOUNTS - 1)) % ACCOUNTS;
  const sum = below(10);
  await o.client.withSession((session) =>
    session.withTransaction(async () => {
      const change = (_id, by) =>
        o.accounts.updateOne({ _id }, { $inc: { balance: by, moves: 1 } }, { session });
      await change(from, -sum);
      await change(to, sum);
    }),
  );
  o.moves++;
}

/** Name, how often in a hundred, what. */
const SHARES = [
  ['ping', 3, (o) => o.client.db('soak').command({ ping: 1 })],
  ['findById', 17, (o) => o.items.findOne({ _id: anyItem(o) })],
  [
    'findSortLimit50',
    12,
    (o) =>
      o.items
        .find({ user: `u${below(USERS)}` })
        .sort({ at: -1 })
        .limit(50)
        .toArray(),
  ],
  [
    'findByTag',
    4,
    (o) =>
      o.items
        .find({ tags: `a${below(10)}` })
        .limit(20)
        .toArray(),
  ],
  ['insert', 9, (o) => o.items.insertOne(item(o.next++))],
  ['deleteOldest', 9, (o) => o.items.deleteOne({ _id: Long.fromNumber(o.oldest++) })],
  [
    'update',
    14,
    (o) =>
      o.items.updateOne({ _id: anyItem(o) }, { $inc: { amount: 1 }, $set: { at: new Date() } }),
  ],
  [
    'findOneAndUpdate',
    6,
    (o) =>
      o.items.findOneAndUpdate(
        { _id: anyItem(o) },
        { $set: { text: 'y'.repeat(100 + below(400)) } },
        { returnDocument: 'after' },
      ),
  ],
  [
    'insertExpiring',
    14,
    (o) => o.events.insertOne({ at: new Date(), text: 'z'.repeat(below(300)) }),
  ],
  ['transaction', 8, move],
  [
    'group',
    2,
    (o) =>
      o.items
        .aggregate([
          { $match: { user: `u${below(USERS)}` } },
          { $unwind: '$tags' },
          { $group: { _id: '$tags', sum: { $sum: '$amount' }, n: { $sum: 1 } } },
          { $sort: { sum: -1 } },
        ])
        .toArray(),
  ],
  [
    'lookup',
    1,
    (o) =>
      o.accounts
        .aggregate([
          { $match: { _id: below(ACCOUNTS) } },
          { $set: { user: { $concat: ['u', { $toString: '$_id' }] } } },
          { $lookup: { from: 'items', localField: 'user', foreignField: 'user', as: 'items' } },
        ])
        .toArray(),
  ],
  ['count', 0.98, (o) => o.items.countDocuments({ status: 'open', amount: { $gt: 9000 } })],
  // The whole collection, sorted without an index and read in batches.
  ['scan', 0.02, (o) => o.items.find().sort({ text: 1 }).project({ text: 1 }).toArray()],
];

/** The load: picks what is done next. */
export const LOAD = {
  pick() {
    let at = Math.random() * 100;
    for (const [name, share, work] of SHARES) {
      at -= share;
      if (at < 0) return [name, work];
    }
    const [name, , work] = SHARES[0];
    return [name, work];
  },
};

/** What is not as it must be after the load, in words. */
export async function wrongThings(o) {
  const wrong = [];
  const same = (what, is, should) => {
    if (is !== should) wrong.push(`${what} is ${is} instead of ${should}`);
  };
  const sums = { _id: null, balance: { $sum: '$balance' }, moves: { $sum: '$moves' } };
  const [all] = await o.accounts.aggregate([{ $group: sums }]).toArray();
  same('the sum of all balances', all.balance, ACCOUNTS * START_BALANCE);
  same('the number of booked moves', all.moves, o.moves * 2);
  same('the number of items', await o.items.countDocuments(), o.next - o.oldest);
  same(
    'their number by an index',
    await o.items.countDocuments({ user: { $gte: '' } }),
    o.next - o.oldest,
  );
  for (let i = 0; i < 50 && o.seen < o.moves * 2; i++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  same('the number of changes seen', o.seen, o.moves * 2);
  return wrong;
}

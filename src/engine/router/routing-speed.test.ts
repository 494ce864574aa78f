import type { Connection } from 'mongoose';
import { Types } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SetClock } from '../../../test/harness/clock.ts';
import { silentLog } from '../../../test/harness/log.ts';
import { openTestStores } from '../../../test/harness/stores.ts';
import { createBus } from '../../domain/events/bus.ts';
import { SYSTEM } from '../../domain/events/events.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Stores } from '../../domain/stores.ts';
import { createRouter } from './route.ts';

const ROUNDS = 40;
/** Twenty times the talks, ten times the operators: one event may not cost three times as much. */
const MOST_GROWTH = 3;

let stores: Stores;
let connection: Connection;
let close: () => Promise<void>;
const clock = new SetClock();
beforeAll(async () => {
  ({ stores, connection, close } = await openTestStores());
});
afterAll(() => close());

/** A line on which every operator is full and many customers wait. */
async function crowd(operators: number, waiting: number): Promise<{ line: Line; ids: string[] }> {
  const people = Array.from({ length: operators }, (_, index) => ({
    ...{ _id: new Types.ObjectId(), name: `Operator ${index}`, nameFolded: `operator ${index}` },
    ...{ email: `${operators}-${index}@example.org`, handle: `speed.${operators}.${index}` },
    ...{ passwordHash: '', role: 'operator', departmentId: null, timeZone: 'UTC', active: true },
    ...{ maxTalks: 1, presence: 'online', presenceAt: clock.now(), createdAt: clock.now() },
    searchKeys: [],
  }));
  await connection.collection('users').insertMany(people);
  const ids = people.map(({ _id }) => _id.toHexString());
  const line = await stores.lines.create({
    ...{ key: `speed-${operators}`, name: `Speed ${operators}`, queue: 'evenly', members: ids },
    ...{ timeZone: 'UTC', hours: {}, holidays: [], offHours: { action: 'queue' } },
    ...{ offerSeconds: 600, maxTalksPerOperator: null, autoLead: false, priority: 0 },
  });
  const { conversation } = await stores.conversations.findOrOpen({
    ...{ accountId: line.id, channelType: 'sandbox', chat: 'pattern', lineId: line.id },
    ...{ contactId: line.id, contactName: 'Lee', origin: null, at: clock.now() },
  });
  const talks = connection.collection('conversations');
  const pattern = await talks.findOne({ _id: new Types.ObjectId(conversation.id) });
  const talk = (index: number, session: object) => ({
    ...{ ...pattern, _id: new Types.ObjectId(), chat: `${line.id}-${index}` },
    session: { ...pattern?.session, id: new Types.ObjectId(), why: 'Nobody is free.', ...session },
  });
  const owned = people.map(({ _id }, index) =>
    talk(index, {
      state: 'open',
      ownerId: _id,
      ownedAt: clock.now(),
      place: null,
      waitingSince: null,
    }),
  );
  const queue = Array.from({ length: waiting }, (_, index) =>
    talk(operators + index, { waitingSince: new Date(clock.now().getTime() - index * 1000) }),
  );
  for (const all of [owned, queue])
    for (let from = 0; from < all.length; from += 5_000)
      await talks.insertMany(all.slice(from, from + 5_000));
  return { line, ids };
}

const percentile = (times: number[], part: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * part)] ?? 0;

/** Milliseconds from an event to the end of all that the router does about it. */
async function measure(operators: number, waiting: number) {
  const { line, ids } = await crowd(operators, waiting);
  const bus = createBus(() => {});
  const router = createRouter({ stores, bus, clock, log: silentLog });
  const timed = async (work: () => void): Promise<number> => {
    const began = performance.now();
    work();
    await router.idle();
    return performance.now() - began;
  };
  const first = await timed(() => router.consider(line.id));
  const arrivals: number[] = [];
  const freed: number[] = [];
  let assigned = 0;
  bus.on('session.assigned', () => void assigned++);
  for (let round = 0; round < ROUNDS; round++) {
    clock.advance(1_000);
    const { conversation } = await stores.conversations.findOrOpen({
      ...{ accountId: line.id, channelType: 'sandbox', chat: `new-${round}`, lineId: line.id },
      ...{ contactId: line.id, contactName: 'Lee', origin: null, at: clock.now() },
    });
    arrivals.push(
      await timed(() =>
        bus.publish({ type: 'session.opened', conversation, reopened: false, by: SYSTEM }),
      ),
    );
    const operatorId = ids[round % ids.length] as string;
    const { items } = await stores.conversations.list(
      { ownerIds: [operatorId], state: 'open' },
      null,
      { limit: 1 },
    );
    const [talk] = items;
    if (!talk) throw new Error('An operator has nothing to close.');
    const seen = { sessionId: talk.session.id };
    const closed = await stores.conversations.close(talk.id, seen, clock.now(), operatorId, null);
    if (!closed) throw new Error('The talk was not closed.');
    freed.push(
      await timed(() =>
        bus.publish({
          type: 'session.closed',
          conversation: closed,
          before: operatorId,
          by: SYSTEM,
        }),
      ),
    );
  }
  router.stop();
  expect(assigned).toBe(ROUNDS);
  const figures = (times: number[]) => ({
    p50: Number(percentile(times, 0.5).toFixed(1)),
    p99: Number(percentile(times, 0.99).toFixed(1)),
  });
  return {
    ...{ operators, waiting, firstLookMs: Math.round(first) },
    ...{ arrivalMs: figures(arrivals), freedPlaceMs: figures(freed) },
  };
}

it('routes one event among many as among few', { timeout: 240_000 }, async () => {
  const few = await measure(50, 1_000);
  const many = await measure(500, 20_000);
  console.info('routing one event:', JSON.stringify([few, many], null, 2));
  expect(many.arrivalMs.p50).toBeLessThan(Math.max(few.arrivalMs.p50, 2) * MOST_GROWTH);
  expect(many.freedPlaceMs.p50).toBeLessThan(Math.max(few.freedPlaceMs.p50, 2) * MOST_GROWTH);
});

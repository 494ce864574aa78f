import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Connection } from 'mongoose';
import { openTestStores } from '../../../test/harness/stores.ts';
import type { InboundEvent } from '../../contract/inbound.ts';
import type { Stores } from '../../domain/stores.ts';
import { newId } from './documents.ts';

let stores: Stores;
let connection: Connection;
let close: () => Promise<void>;
beforeAll(async () => ({ stores, connection, close } = await openTestStores()));
afterAll(() => close());

const account = () => String(newId());
const at = (second: number) => new Date(Date.UTC(2026, 10, 2, 10, 0, second));
const event = (id: string): InboundEvent => ({
  ...{ type: 'message', id, at: at(0), chat: { id: 'c', kind: 'private' }, messageId: `m-${id}` },
  ...{ from: { id: 'p', name: 'Ann' }, parts: [{ kind: 'text', text: 'Hello' }] },
});

it('stores an event once, however often and from wherever it comes', async () => {
  const accountId = account();
  const results = await Promise.all(
    Array.from({ length: 50 }, () =>
      stores.inboundLog.store(accountId, [event('a'), event('b')], null, at(0)),
    ),
  );
  expect(results.flatMap(({ logged }) => logged.map((one) => one.event.id)).toSorted()).toEqual([
    'a',
    'b',
  ]);
  expect(results.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(98);
});

it('tells apart what is new in each of many calls made together', async () => {
  const [one, two] = [account(), account()];
  await stores.inboundLog.store(one, [event('known')], null, at(0));
  const [first, second, third] = await Promise.all([
    stores.inboundLog.store(one, [event('known'), event('x')], null, at(1)),
    stores.inboundLog.store(two, [event('known')], null, at(1)),
    stores.inboundLog.store(two, [event('y'), event('y')], null, at(1)),
  ]);
  expect([first?.logged.map((logged) => logged.event.id), first?.duplicates]).toEqual([['x'], 1]);
  expect([second?.logged[0]?.accountId, second?.duplicates]).toEqual([two, 0]);
  expect([third?.logged.length, third?.duplicates]).toEqual([1, 1]);
  expect(await stores.inboundLog.store(one, [], null, at(1))).toEqual({
    logged: [],
    duplicates: 0,
  });
});

it('gives back what was accepted but not applied, oldest first, as it came', async () => {
  const accountId = account();
  const store = async (id: string, second: number) =>
    (await stores.inboundLog.store(accountId, [event(id)], Buffer.from('raw'), at(second)))
      .logged[0];
  const [late, early, done, given] = [
    await store('late', 20),
    await store('early', 10),
    await store('done', 5),
    await store('given', 5),
  ];
  await stores.inboundLog.failedOnce(early?.id ?? '');
  await stores.inboundLog.quarantined(given?.id ?? '', at(21));
  await Promise.all([
    stores.inboundLog.applied(done?.id ?? '', at(21)),
    stores.inboundLog.applied(String(newId()), at(21)),
  ]);
  const pending = (await stores.inboundLog.pending(at(30), 100)).filter(
    (one) => one.accountId === accountId,
  );
  expect(pending).toEqual([{ ...early, attempts: 1 }, late]);
  expect(await stores.inboundLog.pending(at(10), 100)).not.toContainEqual(
    expect.objectContaining({ id: late?.id }),
  );
});

it('keeps the bytes an event came from', async () => {
  const accountId = account();
  const { logged } = await stores.inboundLog.store(
    accountId,
    [event('r')],
    Buffer.from([1, 2, 3]),
    at(0),
  );
  const stored = await connection.collection('inboundEvents').findOne({ 'event.id': 'r' });
  expect(String(stored?._id)).toBe(logged[0]?.id);
  expect(Buffer.from(stored?.raw.buffer)).toEqual(Buffer.from([1, 2, 3]));
});

it('keeps quarantined requests with names that mean something in a database', async () => {
  const request = {
    method: 'POST',
    path: '/x',
    query: { $where: '1', 'a.b': '2' },
    headers: { 'x-a': 'b' },
  };
  const held = await stores.quarantine.hold({
    ...{
      accountId: null,
      channelType: 'sandbox',
      reason: 'no JSON',
      at: at(0),
      event: null,
      request,
    },
    raw: Buffer.from('{'),
  });
  const stored = await stores.quarantine.get(held.id);
  expect(stored).toMatchObject({ state: 'held', request, reason: 'no JSON' });
  expect(Buffer.from(stored?.raw ?? []).toString()).toBe('{');
  const results = await Promise.all(
    Array.from({ length: 20 }, () => stores.quarantine.setState(held.id, 'held', 'replayed')),
  );
  expect(results.filter((result) => result !== null)).toHaveLength(1);
  const ids = async (state: 'held' | 'replayed' | null) =>
    (await stores.quarantine.list(state, { limit: 10 })).items.map((item) => item.id);
  expect(await ids('held')).not.toContain(held.id);
  expect(await ids('replayed')).toEqual([held.id]);
  expect(await ids(null)).toContain(held.id);
});

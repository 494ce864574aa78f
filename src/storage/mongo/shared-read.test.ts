import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestStores } from '../../../test/harness/stores.ts';
import type { Stores } from '../../domain/stores.ts';
import { newId } from './documents.ts';

let stores: Stores;
let close: () => Promise<void>;
beforeAll(async () => ({ stores, close } = await openTestStores()));
afterAll(() => close());

const lineOf = (name: string, members: string[]) =>
  stores.lines.create({
    ...{ name, key: String(newId()), queue: 'evenly', members, timeZone: 'UTC', holidays: [] },
    ...{
      hours: { mon: [['09:00', '17:00']] },
      offHours: { action: 'queue' },
      offerSeconds: 60,
      maxTalksPerOperator: null,
    },
    ...{ autoLead: true, priority: 0 },
  });

it('asked by many at once, each gets what it asked for, as an object of its own', async () => {
  const made = await Promise.all(['Sales', 'Support', 'Parts'].map((name) => lineOf(name, [])));
  const asked = [...made, ...made].map(({ id }) => id).concat(String(newId()), 'no id at all');
  const given = await Promise.all(asked.map((id) => stores.lines.get(id)));
  expect(given.map((line) => line?.name)).toEqual([
    ...['Sales', 'Support', 'Parts', 'Sales', 'Support', 'Parts'],
    ...[undefined, undefined],
  ]);
  const [first, , , again] = given;
  first?.members.push('changed here');
  expect(again?.members).toEqual([]);
});

it('gives each person the lines they are on, by name', async () => {
  const [ann, bob] = [String(newId()), String(newId())];
  await lineOf('B', [ann, bob]);
  await lineOf('A', [ann]);
  const [annsLines, bobsLines, nobodys] = await Promise.all(
    [ann, bob, String(newId())].map((id) => stores.lines.ofMember(id)),
  );
  expect(annsLines?.map(({ name }) => name)).toEqual(['A', 'B']);
  expect(bobsLines?.map(({ name }) => name)).toEqual(['B']);
  expect(nobodys).toEqual([]);
});

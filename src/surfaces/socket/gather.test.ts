import { expect, it } from 'vitest';
import { gather } from './gather.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('hands a burst over together, in order', async () => {
  const batches: number[][] = [];
  const gathering = gather<number>(
    0,
    async (items) => void batches.push(items),
    () => {},
  );
  for (let item = 1; item <= 5; item++) gathering.add(item);
  await gathering.idle();
  expect(batches).toEqual([[1, 2, 3, 4, 5]]);
});

it('hands over one after the other, however long it takes', async () => {
  const done: string[] = [];
  const gathering = gather<string>(
    0,
    async (items) => {
      done.push(`begin ${items.join('')}`);
      await pause(30);
      done.push(`end ${items.join('')}`);
    },
    () => {},
  );
  gathering.add('a');
  await pause(10);
  gathering.add('b');
  gathering.add('c');
  await gathering.idle();
  expect(done).toEqual(['begin a', 'end a', 'begin bc', 'end bc']);
});

it('keeps of two with the same key the chosen one, at the place of the first', async () => {
  const batches: { id: string; rev: number }[][] = [];
  const gathering = gather<{ id: string; rev: number }>(
    5,
    async (items) => void batches.push(items),
    () => {},
    { key: ({ id }) => id, keep: (kept, added) => (added.rev < kept.rev ? kept : added) },
  );
  gathering.add({ id: 'a', rev: 2 });
  gathering.add({ id: 'b', rev: 1 });
  gathering.add({ id: 'a', rev: 1 });
  gathering.add({ id: 'b', rev: 5 });
  await gathering.idle();
  gathering.add({ id: 'a', rev: 3 });
  await gathering.idle();
  expect(batches).toEqual([
    [
      { id: 'a', rev: 2 },
      { id: 'b', rev: 5 },
    ],
    [{ id: 'a', rev: 3 }],
  ]);
});

it('tells of a failure and goes on', async () => {
  const errors: unknown[] = [];
  const done: number[] = [];
  const gathering = gather<number>(
    0,
    async (items) => {
      if (items.includes(1)) throw new Error('one is bad');
      done.push(...items);
    },
    (error) => errors.push(error),
  );
  gathering.add(1);
  await gathering.idle();
  gathering.add(2);
  await gathering.idle();
  expect([errors.length, done]).toEqual([1, [2]]);
});

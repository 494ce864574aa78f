import { expect, test } from 'vitest';
import { waitMs } from './backoff.ts';

test('waits grow from half a second or so to half a minute, and differ', () => {
  expect([waitMs(1, 0), waitMs(1, 1)]).toEqual([500, 1000]);
  expect(waitMs(4, 1)).toBe(8000);
  expect(waitMs(50, 1)).toBe(30_000);
});

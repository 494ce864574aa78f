import { expect, test } from 'vitest';
import { guardedFetch } from '../../src/base/guarded-fetch.ts';
import { excerpt, fetchFailure, retryAfterMs, sendFailure } from './outcome.ts';
import { startDouble } from './testing.ts';

const failureOf = async (call: Promise<unknown>) => {
  try {
    await call;
  } catch (error) {
    return fetchFailure(error);
  }
  throw new Error('The call did not fail.');
};

const rules = {
  isSend: () => true,
  keyOf: () => null,
  answer: () => ({ kind: 'answer', status: 200 }) as const,
};

test('a port where nobody listens: nothing was written', async () => {
  const double = await startDouble(rules);
  await double.close();
  expect(await failureOf(fetch(double.url))).toEqual({
    written: false,
    detail: 'The provider could not be reached (ECONNREFUSED).',
  });
});

test('a host that does not exist: nothing was written', async () => {
  expect((await failureOf(fetch('http://no-such-host.invalid/'))).written).toBe(false);
});

test('a private address that is not allowed: nothing was written, and how to allow it is said', async () => {
  const double = await startDouble(rules);
  const failure = await failureOf(guardedFetch({ allowPrivate: false })(double.url));
  expect(double.requests).toEqual([]);
  await double.close();
  expect(failure).toEqual({
    written: false,
    detail: expect.stringContaining('ALLOW_PRIVATE_PROVIDER_HOSTS'),
  });
});

test('a connection cut after the request was read: it may have been done', async () => {
  const double = await startDouble(rules);
  double.next({ kind: 'cut' });
  expect((await failureOf(fetch(double.url, { method: 'POST', body: 'x' }))).written).toBe(true);
  await double.close();
});

test('an answer that does not come in time: it may have been done', async () => {
  const double = await startDouble(rules);
  double.next({ kind: 'hang' });
  const call = fetch(double.url, { method: 'POST', body: 'x', signal: AbortSignal.timeout(50) });
  expect(await failureOf(call)).toEqual({ written: true, detail: 'No answer came in time.' });
  await double.close();
});

test('an error that nobody knows counts as possibly sent', () => {
  expect(sendFailure('strange').status).toBe('uncertain');
});

test.each([
  ['17', 17_000],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Thu, 01 Jan 2025 00:00:00 GMT', 0],
  ['999999999', 86_400_000],
  ['soon', undefined],
])('Retry-After: %s', (value, expected) => {
  const now = new Date('2026-01-01T00:00:00Z');
  const wait = retryAfterMs(new Headers({ 'retry-after': value }), now);
  expect(wait).toBe(expected);
});

test('a provider’s words come out on one line, cut', () => {
  expect(excerpt(`a\r\n\u0000b${'x'.repeat(500)}`)).toHaveLength(300);
  expect(excerpt('a\r\n\u0000b')).toBe('a b');
});

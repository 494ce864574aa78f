import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';
import { coalesce } from './coalesce.ts';
import { guardedFetch, isPrivateAddress } from './guarded-fetch.ts';
import { KeyedLock } from './keyed-lock.ts';
import { formatMoney, parseMoney } from './money.ts';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('KeyedLock', () => {
  it('runs one after another per key, whatever fails, and forgets idle keys', async () => {
    const lock = new KeyedLock();
    const seen: string[] = [];
    const step = (key: string, name: string, ms: number, fail = false) =>
      lock.run(key, async () => {
        await wait(ms);
        seen.push(name);
        if (fail) throw new Error(name);
      });
    const results = await Promise.allSettled([
      step('a', 'a1', 20, true),
      step('a', 'a2', 1),
      step('b', 'b1', 5),
    ]);
    expect(seen).toEqual(['b1', 'a1', 'a2']);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    await wait(0);
    expect(lock.size).toBe(0);
  });
});

describe('coalesce', () => {
  it('gathers calls made together, answers each its own, and lets one fail alone', async () => {
    const batches: number[][] = [];
    const double = coalesce<number, number>(async (items) => {
      batches.push(items);
      await wait(5);
      return items.map((item) => (item === 3 ? new Error('three') : item * 2));
    });
    const results = await Promise.allSettled([1, 2, 3, 4].map((item) => double(item)));
    expect(
      results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed')),
    ).toEqual([2, 4, 'failed', 8]);
    expect(batches).toEqual([[1, 2, 3, 4]]);
  });

  it('keeps what arrives during a batch for the next, within the size', async () => {
    const sizes: number[] = [];
    const echo = coalesce<number, number>(
      async (items) => {
        sizes.push(items.length);
        await wait(5);
        return items;
      },
      { max: 2 },
    );
    expect(await Promise.all([1, 2, 3, 4, 5].map((item) => echo(item)))).toEqual([1, 2, 3, 4, 5]);
    expect(sizes).toEqual([2, 2, 1]);
  });

  it('fails every call of a batch whose work throws, and goes on', async () => {
    let first = true;
    const work = coalesce<number, number>(async (items) => {
      if (first) {
        first = false;
        throw new Error('down');
      }
      return items;
    });
    await expect(Promise.all([work(1), work(2)])).rejects.toThrow('down');
    expect(await work(3)).toBe(3);
  });
});

describe('backoff', () => {
  it('grows to its limit and spreads by a fifth', () => {
    const backoff = { firstMs: 100, factor: 2, maxMs: 1_000 };
    expect([1, 2, 3, 9].map((attempt) => backoffMs(backoff, attempt, 0.5))).toEqual([
      100, 200, 400, 1_000,
    ]);
    expect([backoffMs(backoff, 1, 0), backoffMs(backoff, 1, 1)]).toEqual([80, 120]);
  });
});

describe('money', () => {
  it('reads what people write and refuses what is no amount of the currency', () => {
    expect(parseMoney('1 200,5', 'EUR')).toEqual({ minor: 120_050, currency: 'EUR' });
    expect(parseMoney('5000', 'JPY')).toEqual({ minor: 5_000, currency: 'JPY' });
    expect(
      ['1,2,3', '-4', '0.001', '', 'ten', '99999999999999'].map((text) => parseMoney(text, 'EUR')),
    ).toEqual(Array(6).fill(null));
    expect(parseMoney('1.5', 'JPY')).toBeNull();
  });

  it('writes as many digits as the currency has', () => {
    expect(formatMoney({ minor: 5, currency: 'EUR' })).toBe('0.05');
    expect(formatMoney({ minor: -120_050, currency: 'EUR' })).toBe('-1200.50');
    expect(formatMoney({ minor: 5_000, currency: 'JPY' })).toBe('5000');
  });
});

describe('guarded fetch', () => {
  it('knows private addresses, also those dressed as IPv6', () => {
    const inside = [
      '127.0.0.1',
      '10.1.2.3',
      '192.168.0.1',
      '169.254.169.254',
      '100.64.0.1',
      '::1',
      'fd00::1',
      'fe80::1',
      '::ffff:10.0.0.1',
      'nonsense',
    ];
    expect(inside.filter((address) => !isPrivateAddress(address))).toEqual([]);
    expect(['93.184.216.34', '2606:2800:220:1::1'].filter(isPrivateAddress)).toEqual([]);
  });

  it('refuses loopback by number, by name and by redirect; goes there when allowed', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: '/' }).end();
      else response.end('inside');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const guarded = guardedFetch({ allowPrivate: false });
    for (const url of [`http://127.0.0.1:${port}/`, `http://localhost:${port}/away`]) {
      await expect(guarded(url)).rejects.toMatchObject({ cause: { code: 'EPRIVATE' } });
    }
    const open = await guardedFetch({ allowPrivate: true })(`http://127.0.0.1:${port}/away`);
    expect(await open.text()).toBe('inside');
    server.close();
  });
});

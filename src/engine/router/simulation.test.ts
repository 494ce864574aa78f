import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SetClock } from '../../../test/harness/clock.ts';
import { silentLog } from '../../../test/harness/log.ts';
import { openTestStores } from '../../../test/harness/stores.ts';
import {
  CapacityCheck,
  checkBooks,
  checkWaiting,
  readTurns,
} from '../../../test/simulation/checks.ts';
import { DAYTIME, SLOT_MS, hire, isOpen, openLine } from '../../../test/simulation/company.ts';
import type { Operator } from '../../../test/simulation/company.ts';
import { mortal } from '../../../test/simulation/mortal.ts';
import type { Witness } from '../../../test/simulation/mortal.ts';
import { Onlooker } from '../../../test/simulation/onlooker.ts';
import { Random } from '../../../test/simulation/random.ts';
import { DAY, HOUR, SLOTS, Week } from '../../../test/simulation/week.ts';
import { createBus } from '../../domain/events/bus.ts';
import type { Bus } from '../../domain/events/bus.ts';
import { SYSTEM } from '../../domain/events/events.ts';
import type { DomainEvent } from '../../domain/events/events.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Stores } from '../../domain/stores.ts';
import { createRouter } from './route.ts';
import type { Router } from './router.ts';

/** A failure prints the seed it happened with: `SIM_SEED` repeats it. A longer look: `SIM_CUSTOMERS=3000`. */
const { SIM_SEED, SIM_OPERATORS = '300', SIM_CUSTOMERS = '1500' } = process.env;
const OPERATORS = Number(SIM_OPERATORS);
const CUSTOMERS = Number(SIM_CUSTOMERS);
/** Berlin leaves summer time in the night before the 25th. */
const BEGIN = Date.parse('2026-10-22T00:00:00Z');
const CRASHES = 20;
/** After a crash a place that the dead process held is free again. */
const HELD_MS = 10_000;

let close: () => Promise<void>;
let stores: Stores;
let living: Living | null = null;
beforeEach(async () => {
  ({ stores, close } = await openTestStores());
});
afterEach(async () => {
  living?.router.stop();
  await living?.router.idle();
  living = null;
  await close();
});

/** A process: a router with its bus. */
interface Living {
  bus: Bus;
  router: Router;
  dieAfter(calls: number): void;
  settled(): Promise<void>;
}
/** Who looks on. */
interface Eyes {
  witness: Witness;
  hear?(event: DomainEvent): void;
  failed?(sentence: string): void;
}

/** Starts one on the same database, as after a crash. */
async function begin(clock: SetClock, eyes: Eyes): Promise<Living> {
  const { hear = () => {}, failed = () => {} } = eyes;
  const bus = createBus(() => {});
  bus.onAny(hear);
  const process = mortal(stores, eyes.witness);
  const log = { ...silentLog, error: (fields: object) => failed(JSON.stringify(fields)) };
  const router = createRouter({ stores: process.stores, bus, clock, log });
  await router.sweep();
  await router.idle();
  return { bus, router, dieAfter: process.dieAfter, settled: process.settled };
}

/** Lines of every kind, whose members overlap. */
async function linesOf(operators: readonly Operator[]): Promise<Line[]> {
  const count = operators.length;
  const part = (from: number, to: number): Operator[] =>
    operators.slice(Math.floor(count * from), Math.floor(count * to));
  const line = (name: string, members: readonly Operator[], more: Partial<Line>): Promise<Line> =>
    openLine(stores, name, members, more);
  return Promise.all([
    line('Sales', part(0, 0.4), { hours: DAYTIME, priority: 5, sticky: 'last' }),
    line('Support', part(0.3, 0.8), { hours: DAYTIME, assign: 'offer' }),
    line('Strict', part(0.7, 1), { queue: 'strictly', maxTalksPerOperator: 1, priority: 2 }),
    line('Busy', part(0.5, 0.6), { queue: 'least_busy', assign: 'offer' }),
    line('Hotline', part(0.1, 0.3), { queue: 'all', timeZone: 'America/New_York', hours: DAYTIME }),
    line('Idle', part(0.2, 0.35), { queue: 'least_busy', sticky: 'last', priority: 5 }),
  ]);
}

async function live(seed: number, size: { operators: number; customers: number }): Promise<void> {
  const began = Date.now();
  const clock = new SetClock(new Date(BEGIN));
  const operators = await Promise.all(
    Array.from({ length: size.operators }, (_, index) => hire(stores, 1 + (index % 3))),
  );
  const lines = await linesOf(operators);
  const onlooker = new Onlooker(clock, operators, lines);
  const random = new Random(seed);
  const week = new Week({ stores, clock, random, onlooker });
  week.plan(lines, operators, size.customers);
  // While there is something to lose: by day.
  const busy = (): number => random.under(7) * DAY + 7 * HOUR + random.under(11 * HOUR);
  const crashes = new Set(Array.from({ length: CRASHES }, busy));
  const capacity = new CapacityCheck();
  let dies = false;
  const failed = (sentence: string): void => {
    if (!dies) onlooker.wrong.push(sentence);
  };
  const eyes: Eyes = {
    witness: (...all) => onlooker.witness(...all),
    hear: (event) => onlooker.hear(event),
    failed,
  };
  living = await begin(clock, eyes);
  const openNow = (): string => lines.map((line) => isOpen(line, clock.now())).join();
  let open = openNow();

  for (; week.slot < SLOTS; week.slot++) {
    clock.set(new Date(BEGIN + week.slot * SLOT_MS));
    dies = crashes.has(week.slot);
    const events = await week.happenings();
    if (dies) living.dieAfter(random.under(60));
    for (const event of events) living.bus.publish(event);
    // Lines open by a timer of their own, which does not see a clock that is set.
    if (openNow() !== open) for (const { id } of lines) living.router.consider(id);
    open = openNow();
    await living.router.idle();
    if (onlooker.timerDue()) {
      await living.router.due().catch((error: unknown) => failed(String(error)));
      await living.router.idle();
    }
    if (dies) {
      living.router.stop();
      await living.settled();
      await readTurns(onlooker, stores);
      clock.advance(HELD_MS);
      dies = false;
      living = await begin(clock, eyes);
      await checkBooks(onlooker, stores);
    }
    for (const event of await week.operate(living.router)) living.bus.publish(event);
    await living.router.idle();
    checkWaiting(onlooker, clock);
    capacity.run(onlooker);
    if (week.slot % 24 === 0) await checkBooks(onlooker, stores);
    expect(onlooker.wrong, `seed ${seed}, slot ${week.slot}`).toEqual([]);
  }
  const seconds = Math.round((Date.now() - began) / 1000);
  console.info('a simulated week:', { seed, ...size, crashes: crashes.size, seconds });
  console.info({ ...week.counts, ...onlooker.counts });
  const { arrived, returned, closed } = week.counts;
  expect(arrived).toBe(size.customers);
  expect(closed).toBeGreaterThan((arrived + returned) * 0.8);
}

describe('a week of open lines', () => {
  const seed = Number(SIM_SEED ?? 20261025);
  it(
    'keeps every promise of the queue, whatever people and processes do',
    {
      timeout: 600_000,
    },
    () => live(seed, { operators: OPERATORS, customers: CUSTOMERS }),
  );

  const fresh = Date.now() % 1_000_000_000;
  it(
    `keeps them in a week that nobody has seen before (seed ${fresh})`,
    {
      timeout: 300_000,
    },
    () => live(fresh, { operators: 60, customers: 300 }),
  );

  it('gives talks evenly to within one, whoever holds how many', { timeout: 60_000 }, async () => {
    const clock = new SetClock();
    const operators = await Promise.all(Array.from({ length: 12 }, () => hire(stores, null)));
    for (const { id } of operators) await stores.users.setPresence(id, 'online', clock.now());
    const line = await openLine(stores, 'Even', operators, {});
    const given = new Map<string, number>();
    living = await begin(clock, {
      witness(store, method, [, , operatorId]) {
        if (store === 'conversations' && method === 'claim')
          given.set(String(operatorId), (given.get(String(operatorId)) ?? 0) + 1);
      },
    });
    for (let customer = 0; customer < 42; customer++) {
      clock.advance(1_000);
      const { conversation } = await stores.conversations.findOrOpen({
        ...{ accountId: line.id, channelType: 'x', chat: `even-${customer}`, lineId: line.id },
        ...{ contactId: line.id, contactName: 'Lee', origin: null, at: clock.now() },
      });
      living.bus.publish({ type: 'session.opened', conversation, reopened: false, by: SYSTEM });
      await living.router.idle();
      const counts = operators.map(({ id }) => given.get(id) ?? 0);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
    expect([...given.values()].reduce((sum, count) => sum + count)).toBe(42);
  });
});

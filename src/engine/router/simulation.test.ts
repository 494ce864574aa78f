import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SetClock } from '../../../test/harness/clock.ts';
import { silentLog } from '../../../test/harness/log.ts';
import { openTestStores } from '../../../test/harness/stores.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { createBus } from '../../domain/events/bus.ts';
import type { Bus } from '../../domain/events/bus.ts';
import { SYSTEM } from '../../domain/events/events.ts';
import type { DomainEvent } from '../../domain/events/events.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { PresenceState } from '../../contract/wire.ts';
import type { Stores } from '../../domain/stores.ts';
import { createRouter } from './route.ts';
import type { Router } from './router.ts';

/** Change it to see another week; a failure prints the one it happened in. Raise the numbers below for a longer look. */
const SEED = 20261025;
const OPERATORS = 200;
const CUSTOMERS = 600;
/** Everything happens on a multiple of this: an offer lives one slot. */
const SLOT_MS = 10 * 60_000;
/** Berlin leaves summer time in the night before the 25th. */
const BEGIN = Date.parse('2026-10-22T00:00:00Z');
const SLOTS = (7 * 24 * 3_600_000) / SLOT_MS;
const CRASHES = 20;
const HOUR = 6;
const DAY_SLOTS = 24 * HOUR;

let close: () => Promise<void>;
let stores: Stores;
const clock = new SetClock(new Date(BEGIN));

beforeAll(async () => {
  ({ stores, close } = await openTestStores());
});
afterAll(() => close());

/** mulberry32: the same numbers for the same seed everywhere. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Stores of a process that can die: from then on nothing it asks for reaches the database. */
function mortal(all: Stores): { stores: Stores; dieAfter(calls: number): void } {
  let left = Number.POSITIVE_INFINITY;
  const guard = <T extends object>(store: T): T =>
    new Proxy(store, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...given: unknown[]) =>
          left-- > 0
            ? (Reflect.apply(method, target, given) as unknown)
            : Promise.reject(new Error('This process is dead.'));
      },
    });
  const guarded = Object.fromEntries(
    Object.entries(all).map(([name, store]) => [name, guard(store as object)]),
  ) as unknown as Stores;
  return {
    stores: guarded,
    dieAfter(calls) {
      left = calls;
    },
  };
}

/** A process: a router with its bus. */
interface Living {
  bus: Bus;
  router: Router;
  dieAfter(calls: number): void;
}

/** Starts one on the same database, as after a crash. */
async function begin(
  onEvent: (event: DomainEvent) => void,
  onError: (sentence: string) => void = () => {},
): Promise<Living> {
  const bus = createBus(() => {});
  bus.onAny(onEvent);
  const process = mortal(stores);
  const log = { ...silentLog, error: (fields: object) => onError(JSON.stringify(fields)) };
  const router = createRouter({ stores: process.stores, bus, clock, log });
  await router.sweep();
  await router.idle();
  return { bus, router, dieAfter: process.dieAfter };
}

interface Operator {
  id: string;
  state: PresenceState;
  maxTalks: number | null;
}
const person = async (index: number, maxTalks: number | null): Promise<Operator> => {
  const { id } = await stores.users.create({
    ...{ name: `Operator ${index}`, email: `sim-${index}@example.org`, handle: `sim.${index}` },
    ...{ passwordHash: '', role: 'operator', departmentId: null, timeZone: 'Europe/Berlin' },
    ...{ active: true, maxTalks },
  });
  return { id, state: 'offline', maxTalks };
};
const lineOf = (name: string, members: readonly Operator[], more: Partial<Line>): Promise<Line> =>
  stores.lines.create({
    ...{ key: name, name, queue: 'evenly', members: members.map(({ id }) => id) },
    ...{ timeZone: 'Europe/Berlin', hours: {}, holidays: [], offHours: { action: 'queue' } },
    ...{ offerSeconds: SLOT_MS / 1000, maxTalksPerOperator: null, autoLead: false, priority: 0 },
    ...more,
  });
const arrive = async (line: Line, chat: string): Promise<Conversation> => {
  const { conversation } = await stores.conversations.findOrOpen({
    ...{ accountId: line.id, channelType: 'sandbox', chat, lineId: line.id },
    ...{ contactId: line.id, contactName: chat, origin: null, at: clock.now() },
  });
  return conversation;
};

/** 8:00 to 20:00 in Berlin, told by another calculation than the router's. */
const berlin = new Intl.DateTimeFormat('en', {
  ...{ timeZone: 'Europe/Berlin', hour: 'numeric', hourCycle: 'h23' },
});
const isDay = (at: Date): boolean => {
  const hour = Number(berlin.format(at));
  return hour >= 8 && hour < 20;
};
const DAYTIME: Line['hours'] = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['08:00', '20:00']]]),
);

/**
 * What an onlooker knows who hears every event: which talk stands where, who is there, who holds what, whose turn was
 * when. Held against every choice of the router.
 */
class Onlooker {
  readonly talks = new Map<string, Conversation>();
  readonly operators: ReadonlyMap<string, Operator>;
  readonly lines: ReadonlyMap<string, Line>;
  readonly turns = new Map<string, number>();
  readonly wrong: string[] = [];
  readonly counts = { assigned: 0, offered: 0, expired: 0, rounds: 0, alerts: 0 };
  /** What happened while a process died is not told: it is read again. */
  deaf = false;

  constructor(operators: readonly Operator[], lines: readonly Line[]) {
    this.operators = new Map(operators.map((one) => [one.id, one]));
    this.lines = new Map(lines.map((one) => [one.id, one]));
  }

  hear(event: DomainEvent): void {
    if (event.type === 'alert') this.counts.alerts++;
    if (event.type === 'session.unanswered') this.counts.rounds++;
    if (event.type === 'message.appended' && event.message.event?.kind === 'offer-ended')
      this.counts.expired++;
    if (!('conversation' in event)) return;
    const { conversation } = event;
    const chosen =
      event.type === 'session.offered'
        ? conversation.session.offer?.operatorId
        : event.type === 'session.assigned' && event.by.kind === 'system'
          ? conversation.session.ownerId
          : null;
    if (chosen) this.#judge(conversation, chosen, event.type);
    this.see(conversation);
  }

  see(conversation: Conversation): void {
    const known = this.talks.get(conversation.id);
    if (!known || known.rev <= conversation.rev) this.talks.set(conversation.id, conversation);
  }

  /** Who holds how many, over all and line by line; `except` a talk. */
  tally(except?: string): Map<string, number> {
    const held = new Map<string, number>();
    const count = (key: string): void => void held.set(key, (held.get(key) ?? 0) + 1);
    for (const { id, lineId, session } of this.talks.values()) {
      const operatorId = id === except ? null : holder(session);
      if (operatorId === null) continue;
      count(operatorId);
      count(`${operatorId} ${lineId}`);
    }
    return held;
  }

  free(operatorId: string, line: Line, held: ReadonlyMap<string, number>): boolean {
    const operator = this.operators.get(operatorId);
    if (operator?.state !== 'online') return false;
    const { maxTalks } = operator;
    if (maxTalks !== null && (held.get(operatorId) ?? 0) >= maxTalks) return false;
    const most = line.maxTalksPerOperator;
    return most === null || (held.get(`${operatorId} ${line.id}`) ?? 0) < most;
  }

  #judge(conversation: Conversation, chosen: string, what: string): void {
    if (what === 'session.offered') this.counts.offered++;
    else this.counts.assigned++;
    const line = this.lines.get(conversation.lineId);
    const before = this.talks.get(conversation.id);
    if (!line || !before || this.deaf) return;
    const held = this.tally(conversation.id);
    if (!this.free(chosen, line, held)) this.wrong.push(`${chosen} was not free`);
    const since = Number(before.session.waitingSince ?? before.session.openedAt);
    if (before.session.ownerId === null)
      for (const { id, lineId, session } of this.talks.values())
        if (
          id !== conversation.id &&
          lineId === line.id &&
          waits(session) &&
          !session.tried.includes(chosen) &&
          Number(session.waitingSince) < since
        )
          this.wrong.push(`${id} has waited longer than ${conversation.id}`);
    if (line.queue === 'evenly') this.#even(line, before, chosen, held);
    this.turns.set(`${line.id} ${chosen}`, Number(clock.now()));
  }

  /** Nobody who could have it has waited longer for a turn. */
  #even(
    line: Line,
    { session }: Conversation,
    chosen: string,
    held: ReadonlyMap<string, number>,
  ): void {
    const mine = this.turns.get(`${line.id} ${chosen}`) ?? 0;
    for (const other of line.members)
      if (
        (this.turns.get(`${line.id} ${other}`) ?? 0) < mine &&
        other !== session.ownerId &&
        !session.tried.includes(other) &&
        this.free(other, line, held)
      )
        this.wrong.push(`it was the turn of ${other}, not of ${chosen}`);
  }
}

const holder = ({ state, ownerId, offer }: Conversation['session']): string | null =>
  state === 'open' ? ownerId : state === 'waiting' ? (offer?.operatorId ?? null) : null;
const waits = ({ state, place }: Conversation['session']): boolean =>
  state === 'waiting' && (place === 'ready' || place === 'resting');

/** What is done to the company from outside, slot by slot. */
class Week {
  readonly random = randomOf(SEED);
  readonly counts = { taken: 0, skipped: 0, closed: 0, crashes: 0 };
  slot = 0;
  readonly #later = new Map<number, (() => Promise<DomainEvent | null>)[]>();
  readonly #onlooker: Onlooker;

  constructor(onlooker: Onlooker) {
    this.#onlooker = onlooker;
  }

  under(count: number): number {
    return Math.floor(this.random() * count);
  }

  at(slot: number, work: () => Promise<DomainEvent | null>): void {
    const works = this.#later.get(slot) ?? [];
    this.#later.set(slot, works);
    works.push(work);
  }

  /** Whether anything happens in this slot, or somebody has something before them. */
  get busy(): boolean {
    return (
      this.#later.has(this.slot) ||
      [...this.#onlooker.talks.values()].some(
        ({ session }) =>
          holder(session) !== null &&
          (session.state === 'waiting' || (session.timer !== null && session.answeredAt === null)),
      )
    );
  }

  /** All that happens in this slot is in the database before the router hears of any of it. */
  async happenings(): Promise<DomainEvent[]> {
    const events: DomainEvent[] = [];
    for (const work of this.#later.get(this.slot) ?? []) {
      const event = await work();
      if (event) events.push(event);
    }
    return events;
  }

  plan(lines: readonly Line[], operators: readonly Operator[]): void {
    for (let customer = 0; customer < CUSTOMERS; customer++) {
      const day = this.under(7) * DAY_SLOTS;
      const byDay = this.random() < 0.85;
      const line = lines[this.under(lines.length)] as Line;
      this.at(
        day + (byDay ? 6 * HOUR + this.under(13 * HOUR) : this.under(DAY_SLOTS)),
        async () => {
          const conversation = await arrive(line, `customer-${customer}`);
          return { type: 'session.opened', conversation, reopened: false, by: SYSTEM };
        },
      );
    }
    for (const operator of operators)
      for (let day = 0; day < 7; day++) {
        if (this.random() < 0.4) continue;
        const from = day * DAY_SLOTS + 5 * HOUR + this.under(5 * HOUR);
        this.at(from, () => this.#turnTo(operator, 'online'));
        if (this.random() < 0.4) {
          this.at(from + HOUR, () => this.#turnTo(operator, 'break'));
          this.at(from + HOUR + 2, () => this.#turnTo(operator, 'online'));
        }
        this.at(from + 2 * HOUR + this.under(8 * HOUR), () => this.#turnTo(operator, 'offline'));
      }
  }

  /** What operators do with what is before them: decline, take, answer, or let it lie. */
  async operate(): Promise<DomainEvent[]> {
    const events: (DomainEvent | null)[] = [];
    for (const { id, session } of [...this.#onlooker.talks.values()]) {
      const operator = this.#onlooker.operators.get(holder(session) ?? '');
      if (!operator || operator.state === 'offline') continue;
      const chance = this.random();
      if (session.state === 'open') {
        if (session.timer?.kind === 'answer' && session.answeredAt === null && chance < 0.9)
          await this.#answer(id);
      } else if (chance < 0.15) events.push(await this.#decline(id, session.id, operator));
      else if (chance < 0.8) events.push(await this.#take(id, session.id, operator));
    }
    return events.filter((event) => event !== null);
  }

  async #turnTo(operator: Operator, state: PresenceState): Promise<DomainEvent> {
    await stores.users.setPresence(operator.id, state, clock.now());
    operator.state = state;
    return { type: 'presence.changed', userId: operator.id, state };
  }

  async #decline(id: string, sessionId: string, operator: Operator): Promise<DomainEvent | null> {
    const conversation = await stores.queue.decline(id, { sessionId }, operator.id);
    if (!conversation) return null;
    this.counts.skipped++;
    this.#onlooker.see(conversation);
    return { type: 'session.released', conversation, before: null, by: SYSTEM, why: 'No.' };
  }

  async #take(id: string, sessionId: string, operator: Operator): Promise<DomainEvent | null> {
    const expected = { sessionId, ownerId: null };
    const why = 'Took it.';
    const at = clock.now();
    const conversation = await stores.conversations.claim(id, expected, operator.id, at, why);
    if (!conversation) return null;
    this.counts.taken++;
    this.#onlooker.see(conversation);
    await this.#answer(id);
    const by = { kind: 'user', id: operator.id, name: 'Somebody' } as const;
    return { type: 'session.assigned', conversation, before: null, by, why };
  }

  async #answer(id: string): Promise<void> {
    const talk = await stores.conversations.get(id);
    if (!talk) return;
    const answered = await stores.conversations.bump(id, {
      ...{ seq: talk.seq + 1, unread: 'keep', firstAnswerAt: clock.now() },
    });
    if (answered) this.#onlooker.see(answered);
    this.at(this.slot + 1 + this.under(2 * HOUR), () => this.#finish(id));
  }

  async #finish(id: string): Promise<DomainEvent | null> {
    const talk = await stores.conversations.get(id);
    if (!talk) return null;
    const { id: sessionId, ownerId } = talk.session;
    const at = clock.now();
    const conversation = await stores.conversations.close(id, { sessionId }, at, ownerId, null);
    if (!conversation) return null;
    this.counts.closed++;
    this.#onlooker.see(conversation);
    return { type: 'session.closed', conversation, before: ownerId, by: SYSTEM };
  }
}

/** Nobody has more than they may; nobody waits whom somebody could serve. Read from the database, not from events. */
async function check(onlooker: Onlooker): Promise<void> {
  const held = onlooker.tally();
  for (const line of onlooker.lines.values()) {
    if (line.hours === DAYTIME && !isDay(clock.now())) continue;
    for (const { id, session } of await stores.conversations.waiting(line.id, 10_000)) {
      const idle = waits(session)
        ? line.members.find((one) => !session.tried.includes(one) && onlooker.free(one, line, held))
        : undefined;
      if (idle) onlooker.wrong.push(`${id} waits while ${idle} is free`);
      if (session.why === null) onlooker.wrong.push(`${id} waits without a reason`);
    }
  }
}

async function checkCapacity(onlooker: Onlooker): Promise<void> {
  const occupancy = await stores.queue.occupancy([...onlooker.operators.keys()]);
  for (const { id, maxTalks } of onlooker.operators.values()) {
    const has = occupancy.get(id) ?? [];
    const total = has.length;
    for (const { id: lineId, maxTalksPerOperator: most } of onlooker.lines.values())
      if (most !== null && has.filter((one) => one.lineId === lineId).length > most)
        onlooker.wrong.push(`${id} is over on a line`);
    if (maxTalks !== null && total > maxTalks) onlooker.wrong.push(`${id} has ${total} talks`);
  }
}

/** What an onlooker who comes new sees. */
async function lookAround(onlooker: Onlooker): Promise<void> {
  onlooker.talks.clear();
  for (const line of onlooker.lines.values()) {
    for (const talk of await stores.conversations.waiting(line.id, 10_000)) onlooker.see(talk);
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const filter = { lineId: line.id, state: 'open' } as const;
      const page = { limit: 200, ...(cursor ? { cursor } : {}) };
      const { items, nextCursor } = await stores.conversations.list(filter, null, page);
      for (const talk of items) onlooker.see(talk);
      cursor = nextCursor;
    }
    for (const [id, when] of await stores.lines.turns(line.id))
      onlooker.turns.set(`${line.id} ${id}`, Number(when));
  }
}

const timerDue = async (): Promise<boolean> => {
  const next = await stores.queue.nextTimer();
  return next !== null && next <= clock.now();
};

describe('a week of an open line', () => {
  it('keeps every promise of the queue, whatever people and processes do', {
    timeout: 300_000,
  }, async () => {
    const began = Date.now();
    const operators = await Promise.all(
      Array.from({ length: OPERATORS }, (_, index) => person(index, 1 + (index % 3))),
    );
    const part = (from: number, to: number) => operators.slice(from, to);
    const lines = await Promise.all([
      lineOf('Sales', part(0, 80), { hours: DAYTIME, priority: 5 }),
      lineOf('Support', part(60, 160), { hours: DAYTIME, assign: 'offer' }),
      lineOf('Strict', part(150, 200), { queue: 'strictly', maxTalksPerOperator: 1 }),
      lineOf('Busy', part(100, 120), { queue: 'least_busy', assign: 'offer' }),
    ]);
    const onlooker = new Onlooker(operators, lines);
    const hear = (event: DomainEvent): void => onlooker.hear(event);
    const week = new Week(onlooker);
    week.plan(lines, operators);
    const crashes = new Set(Array.from({ length: CRASHES }, () => week.under(SLOTS)));
    const failed = (sentence: string): void => {
      if (!onlooker.deaf) onlooker.wrong.push(sentence);
    };
    let living = await begin(hear, failed);
    let day = false;

    for (; week.slot < SLOTS; week.slot++) {
      clock.set(new Date(BEGIN + week.slot * SLOT_MS));
      const dies = crashes.has(week.slot);
      const turns = day !== isDay(clock.now());
      if (!dies && !turns && !week.busy && !(await timerDue())) continue;
      const events = await week.happenings();
      if (dies) {
        onlooker.deaf = true;
        living.dieAfter(week.under(60));
        week.counts.crashes++;
      }
      for (const event of events) living.bus.publish(event);
      // Lines open by a timer of their own, which does not see a clock that is set.
      if (turns) for (const { id } of lines) living.router.consider(id);
      day = isDay(clock.now());
      await living.router.idle();
      await living.router.due().catch((error: unknown) => failed(String(error)));
      await living.router.idle();
      if (dies) {
        living.router.stop();
        living = await begin(hear, failed);
        // A place that the dead one held is free again when its time is over.
        clock.advance(10_000);
        for (const { id } of lines) living.router.consider(id);
        await living.router.idle();
        await lookAround(onlooker);
        onlooker.deaf = false;
      }
      for (const event of await week.operate()) living.bus.publish(event);
      await living.router.idle();
      if (dies || week.slot % 3 === 0) await check(onlooker);
      if (week.slot % 12 === 0) await checkCapacity(onlooker);
      for (const [id, { session }] of onlooker.talks)
        if (session.state === 'closed') onlooker.talks.delete(id);
      expect(onlooker.wrong, `seed ${SEED}, slot ${week.slot}`).toEqual([]);
    }
    living.router.stop();
    const seconds = Math.round((Date.now() - began) / 1000);
    const figures = { OPERATORS, CUSTOMERS, seed: SEED, seconds, ...week.counts };
    console.info('a simulated week:', { ...figures, ...onlooker.counts });
    expect(week.counts.closed).toBeGreaterThan(CUSTOMERS * 0.8);
  });

  it('gives talks evenly to within one, whoever holds how many', { timeout: 60_000 }, async () => {
    const operators = await Promise.all(
      Array.from({ length: 12 }, (_, index) => person(1_000 + index, null)),
    );
    for (const { id } of operators) await stores.users.setPresence(id, 'online', clock.now());
    const line = await lineOf('Even', operators, {});
    const given = new Map<string, number>();
    const living = await begin((event) => {
      const ownerId = event.type === 'session.assigned' ? event.conversation.session.ownerId : null;
      if (ownerId) given.set(ownerId, (given.get(ownerId) ?? 0) + 1);
    });
    for (let customer = 0; customer < 42; customer++) {
      clock.advance(1_000);
      const conversation = await arrive(line, `even-${customer}`);
      living.bus.publish({ type: 'session.opened', conversation, reopened: false, by: SYSTEM });
      await living.router.idle();
      const counts = operators.map(({ id }) => given.get(id) ?? 0);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
    living.router.stop();
    expect([...given.values()].reduce((sum, count) => sum + count)).toBe(42);
  });
});

import type { Clock } from '../../src/base/clock.ts';
import type { Conversation } from '../../src/domain/conversations/conversation.ts';
import type { DomainEvent } from '../../src/domain/events/events.ts';
import { SYSTEM } from '../../src/domain/events/events.ts';
import type { Line } from '../../src/domain/lines/line.ts';
import type { Stores } from '../../src/domain/stores.ts';
import type { Router } from '../../src/engine/router/router.ts';
import type { PresenceState } from '../../src/contract/wire.ts';
import type { Operator } from './company.ts';
import { SLOT_MS } from './company.ts';
import { holder } from './onlooker.ts';
import type { Onlooker } from './onlooker.ts';
import type { Random } from './random.ts';

/** Slots. */
export const HOUR = 3_600_000 / SLOT_MS;
export const DAY = 24 * HOUR;
export const SLOTS = 7 * DAY;

type Happening = () => Promise<DomainEvent | null>;

/** Where a week happens. */
interface Place {
  stores: Stores;
  clock: Clock;
  random: Random;
  onlooker: Onlooker;
}

/** What people do to a company from outside and from inside, slot by slot. Chance is drawn before anything is awaited. */
export class Week {
  readonly counts = {
    ...{ arrived: 0, returned: 0, taken: 0, tooLate: 0, refused: 0, skipped: 0, moved: 0 },
    ...{ handedOn: 0, closed: 0, capacityChanges: 0, presenceChanges: 0 },
  };
  slot = 0;
  readonly #later = new Map<number, Happening[]>();
  /** To whom talks are handed on in this slot. */
  readonly #spokenFor = new Set<string>();
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  #at(slot: number, happening: Happening): void {
    const all = this.#later.get(slot) ?? [];
    this.#later.set(slot, all);
    all.push(happening);
  }

  /** Draws the week: who comes when, who works when, and what is changed. */
  plan(lines: readonly Line[], operators: readonly Operator[], customers: number): void {
    const { random } = this.#place;
    for (let customer = 0; customer < customers; customer++) {
      const line = random.of(lines) as Line;
      const byDay = random.chance(0.85);
      const slot = random.under(7) * DAY;
      this.#arrives(
        slot + (byDay ? 6 * HOUR + random.under(13 * HOUR) : random.under(DAY)),
        line,
        `customer-${customer}`,
      );
    }
    for (const operator of operators)
      for (let day = 0; day < 7; day++) {
        if (random.chance(0.4)) continue;
        const from = day * DAY + 5 * HOUR + random.under(5 * HOUR);
        const turns = (slot: number, state: PresenceState) =>
          this.#at(slot, () => this.#turnTo(operator, state));
        turns(from, 'online');
        if (random.chance(0.4)) {
          turns(from + HOUR, 'break');
          turns(from + HOUR + 2, 'online');
        }
        turns(from + 2 * HOUR + random.under(8 * HOUR), 'offline');
      }
    for (let change = 0; change < operators.length / 3; change++) {
      const operator = random.of(operators) as Operator;
      const maxTalks = 1 + random.under(4);
      this.#at(random.under(SLOTS), () => this.#allow(operator, maxTalks));
    }
    for (let day = 1; day < 7; day++) {
      const line = lines[day % lines.length] as Line;
      const most = random.chance(0.3) ? null : 1 + random.under(3);
      this.#at(day * DAY + 12 * HOUR, () => this.#allowOn(line, most));
    }
  }

  /** All that happens in this slot is in the database before a router hears of any of it. */
  async happenings(): Promise<DomainEvent[]> {
    const due = this.#later.get(this.slot) ?? [];
    this.#later.delete(this.slot);
    this.#spokenFor.clear();
    const events = await Promise.all(due.map((happen) => happen()));
    return events.filter((event) => event !== null);
  }

  /** What operators do with what is before them: decline, take, answer, or let it lie. */
  async operate(router: Pick<Router, 'hold'>): Promise<DomainEvent[]> {
    const { onlooker, random } = this.#place;
    const acts: Promise<DomainEvent | null>[] = [];
    for (const talk of [...onlooker.talks.values()].sort(byChat)) {
      const { session } = talk;
      const chance = random.next();
      if (session.place === 'offered' && session.offer?.operatorId === null) {
        const line = onlooker.lines.get(talk.lineId);
        const there = (line?.members ?? []).filter(
          (id) => onlooker.operators.get(id)?.state === 'online',
        );
        // Two see it at the same moment.
        const both = new Set([random.of(there), random.of(there)]);
        const finish = this.#soon();
        if (chance < 0.8)
          for (const id of both) if (id) acts.push(this.#take(router, talk, id, finish));
        continue;
      }
      const operatorId = holder(session);
      const operator = onlooker.operators.get(operatorId ?? '');
      if (!operator || operator.state === 'offline') continue;
      const finish = this.#soon();
      if (session.state === 'open') {
        if (session.timer?.kind === 'answer' && session.answeredAt === null && chance < 0.9)
          acts.push(this.#answer(talk, finish));
      } else if (chance < 0.15) acts.push(this.#decline(talk, operator));
      else if (chance < 0.8) acts.push(this.#take(router, talk, operator.id, finish));
    }
    const events = await Promise.all(acts);
    return events.filter((event) => event !== null);
  }

  #soon(): number {
    return this.slot + 1 + this.#place.random.under(2 * HOUR);
  }

  #arrives(slot: number, line: Line, chat: string): void {
    const { stores, clock, onlooker } = this.#place;
    this.#at(slot, async () => {
      const { conversation, created } = await stores.conversations.findOrOpen({
        ...{ accountId: line.id, channelType: 'x', chat, lineId: line.id, contactId: line.id },
        ...{ contactName: chat, origin: null, at: clock.now() },
      });
      onlooker.see(conversation);
      if (created) this.counts.arrived++;
      else this.counts.returned++;
      return { type: 'session.opened', conversation, reopened: !created, by: SYSTEM };
    });
  }

  async #turnTo(operator: Operator, state: PresenceState): Promise<DomainEvent> {
    this.counts.presenceChanges++;
    await this.#place.stores.users.setPresence(operator.id, state, this.#place.clock.now());
    operator.state = state;
    return { type: 'presence.changed', userId: operator.id, state };
  }

  async #allow(operator: Operator, maxTalks: number): Promise<DomainEvent> {
    this.counts.capacityChanges++;
    await this.#place.stores.users.change(operator.id, { maxTalks });
    operator.maxTalks = maxTalks;
    return { type: 'user.changed', userId: operator.id };
  }

  async #allowOn({ id }: Line, maxTalksPerOperator: number | null): Promise<DomainEvent | null> {
    this.counts.capacityChanges++;
    const { stores, onlooker } = this.#place;
    const line = await stores.lines.change(id, { maxTalksPerOperator });
    if (!line) return null;
    onlooker.lines.set(id, line);
    return { type: 'line.changed', lineId: id };
  }

  async #decline({ id, session }: Conversation, operator: Operator): Promise<DomainEvent | null> {
    const { stores, onlooker } = this.#place;
    const conversation = await stores.queue.decline(id, { sessionId: session.id }, operator.id);
    if (!conversation) return null;
    this.counts.skipped++;
    onlooker.see(conversation);
    return { type: 'session.released', conversation, before: null, by: SYSTEM, why: 'No.' };
  }

  async #take(
    router: Pick<Router, 'hold'>,
    { id, lineId, session }: Conversation,
    operatorId: string,
    finish: number,
  ): Promise<DomainEvent | null> {
    const { stores, onlooker, clock } = this.#place;
    const place = await router.hold({ id, lineId }, operatorId, true);
    if (place.status === 'refused') {
      this.counts.refused++;
      return null;
    }
    const expected = { sessionId: session.id, ownerId: null };
    const why = 'Took it.';
    const conversation = await stores.conversations
      .claim(id, expected, operatorId, clock.now(), why)
      .finally(() => place.release());
    if (!conversation) {
      this.counts.tooLate++;
      return null;
    }
    this.counts.taken++;
    onlooker.see(conversation);
    await this.#answer(conversation, finish);
    const by = { kind: 'user', id: operatorId, name: 'Somebody' } as const;
    return { type: 'session.assigned', conversation, before: null, by, why };
  }

  async #answer({ id, seq }: Conversation, finish: number): Promise<null> {
    const { stores, onlooker, clock } = this.#place;
    const change = { seq: seq + 1, unread: 'keep', firstAnswerAt: clock.now() } as const;
    const answered = await stores.conversations.bump(id, change);
    if (answered) onlooker.see(answered);
    const { random } = this.#place;
    const chance = random.next();
    const returns = random.chance(0.2) ? finish + 1 + random.under(DAY) : null;
    this.#at(finish, () =>
      chance < 0.06
        ? this.#move(id)
        : chance < 0.1
          ? this.#handOn(id, finish + HOUR)
          : this.#close(id, returns),
    );
    return null;
  }

  /** Into another line's queue. */
  async #move(id: string): Promise<DomainEvent | null> {
    const { stores, onlooker, clock, random } = this.#place;
    const talk = onlooker.talks.get(id);
    const to = random.of([...onlooker.lines.keys()].filter((lineId) => lineId !== talk?.lineId));
    if (!talk || !to || talk.session.state !== 'open') return null;
    const { id: sessionId, ownerId } = talk.session;
    const why = 'Belongs there.';
    const conversation = await stores.queue.move(
      id,
      { sessionId, ownerId },
      { lineId: to, at: clock.now(), why, tried: ownerId ? [ownerId] : [] },
    );
    if (!conversation) return null;
    this.counts.moved++;
    onlooker.see(conversation);
    return { type: 'session.released', conversation, before: ownerId, by: SYSTEM, why };
  }

  /** To a colleague who has nothing to do. */
  async #handOn(id: string, finish: number): Promise<DomainEvent | null> {
    const { stores, onlooker, clock } = this.#place;
    const talk = onlooker.talks.get(id);
    const held = onlooker.tally();
    const to = [...onlooker.operators.values()].find(
      (one) => !held.has(one.id) && !this.#spokenFor.has(one.id),
    );
    if (!talk || !to || talk.session.state !== 'open') return null;
    this.#spokenFor.add(to.id);
    const { id: sessionId, ownerId } = talk.session;
    const expected = { sessionId, ownerId };
    const why = 'Handed on.';
    const conversation = await stores.conversations.claim(id, expected, to.id, clock.now(), why);
    if (!conversation) return null;
    this.counts.handedOn++;
    onlooker.see(conversation);
    this.#at(finish, () => this.#close(id, null));
    const by = { kind: 'user', id: ownerId ?? '', name: 'Somebody' } as const;
    return { type: 'session.assigned', conversation, before: ownerId, by, why };
  }

  async #close(id: string, returns: number | null): Promise<DomainEvent | null> {
    const { stores, onlooker, clock } = this.#place;
    const talk = onlooker.talks.get(id);
    if (talk?.session.state !== 'open') return null;
    const { id: sessionId, ownerId } = talk.session;
    const conversation = await stores.conversations.close(
      ...([id, { sessionId }, clock.now(), ownerId, null] as const),
    );
    if (!conversation) return null;
    this.counts.closed++;
    onlooker.see(conversation);
    const line = onlooker.lines.get(talk.lineId);
    if (returns !== null && line) this.#comesBack(returns, conversation);
    return { type: 'session.closed', conversation, before: ownerId, by: SYSTEM };
  }

  #comesBack(slot: number, { id }: Conversation): void {
    const { stores, clock, onlooker } = this.#place;
    this.#at(slot, async () => {
      const conversation = await stores.conversations.reopen(id, clock.now());
      if (!conversation) return null;
      this.counts.returned++;
      onlooker.see(conversation);
      return { type: 'session.opened', conversation, reopened: true, by: SYSTEM };
    });
  }
}

/** The same order in every run of a seed: ids are not the same. */
const byChat = (a: Conversation, b: Conversation): number => (a.chat < b.chat ? -1 : 1);

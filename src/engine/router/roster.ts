import type { Clock } from '../../base/clock.ts';
import { newUuid } from '../../base/ids.ts';
import type { Occupied } from '../../domain/conversations/queue.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Stores } from '../../domain/stores.ts';
import { reasonAgainst } from './candidates.ts';
import type { Load } from './candidates.ts';

/**
 * What the router knows of lines and operators: read in one go for many, then kept right by events, so that choosing
 * among hundreds asks the database nothing. It is a picture: whoever is chosen is held a place (`hold`) before the talk
 * is written theirs, and that tells whether another process has overtaken it.
 */
export interface Roster {
  /** Reads what is missing or forgotten of these lines' members. */
  prepare(lines: readonly Line[], alsoOperators?: readonly string[]): Promise<void>;
  /** A line that is not archived. */
  line(id: string): Promise<Line | null>;
  linesOf(operatorId: string): Promise<Line[]>;
  /** The same without reading; null: the lines are not known now. */
  knownLinesOf(operatorId: string): Line[] | null;
  users: ReadonlyMap<string, User>;
  /** `except`: a talk that does not count, since it is the one to be given. */
  load(operatorId: string, line: Line, except?: string): Load;
  turns(lineId: string): ReadonlyMap<string, Date>;
  /** Reads these operators again. */
  refresh(operatorIds: readonly string[]): Promise<void>;
  /** Holds a place for a talk until it is written theirs, unless there is a reason `against`. Whoever gets it releases it. */
  hold(
    operatorId: string,
    line: Line,
    conversationId: string,
    against?: Against,
  ): Promise<PlaceHeld | PlaceRefused>;
  /** A talk of this line was given or offered to them now. */
  given(operatorId: string, line: Line, at: Date, conversationId: string, as: Occupied['as']): void;
  /** To whom alone a talk is offered. */
  offeredTo(conversationId: string): string | undefined;
  /** Something about them changed. */
  forget(operatorId: string): void;
  forgetLines(): void;
  forgetAll(): void;
}

/** Why somebody can not have a talk; null: they can. */
export type Against = (
  user: User | undefined,
  load: Load,
  maxOnLine: number | null,
) => string | null;
/** A place is theirs until `release`, or until it runs out. */
export interface PlaceHeld {
  status: 'held';
  release(): Promise<void>;
}
/** Why they can not have it. */
export interface PlaceRefused {
  status: 'refused';
  why: string;
}

/** Far longer than the write takes for which a place is held; after a crash it is free again then. */
const HOLD_MS = 10_000;
/** Other processes may be faster so often. */
const ATTEMPTS = 10;

/** What one operator has, as it was read, and what was given since. */
interface Known {
  /** Of their seat. */
  rev: number;
  talks: Map<string, Pick<Occupied, 'lineId' | 'as'>>;
  /** Counted when asked for; null: not counted since it changed. */
  counted: { total: number; onLine: Map<string, number> } | null;
}

const NO_PLACE_HELD: PlaceHeld = { status: 'held', release: async () => {} };

/** An empty roster. */
export function createRoster(
  stores: Pick<Stores, 'lines' | 'queue' | 'seats' | 'users'>,
  clock: Clock,
): Roster {
  const users = new Map<string, User>();
  const known = new Map<string, Known>();
  const turns = new Map<string, Map<string, Date>>();
  /** Talk → to whom alone it is offered. */
  const offers = new Map<string, string>();
  /** Changed since they were read; one that changes while being read stays here. */
  const stale = new Set<string>();
  let lines: Map<string, Line> | null = null;
  let linesRead: Promise<Map<string, Line>> | null = null;

  const read = async (ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    for (const id of ids) stale.delete(id);
    // Seats first: whoever's place is not held any more by then, has the talk when it is counted.
    const [found, seats] = await Promise.all([stores.users.many(ids), stores.seats.many(ids)]);
    const occupied = await stores.queue.occupancy(ids);
    for (const id of ids) users.delete(id);
    for (const user of found) users.set(user.id, user);
    const now = clock.now();
    for (const [id, { rev, holds }] of seats) {
      const talks: Known['talks'] = new Map();
      for (const { conversationId, lineId, until } of holds) {
        if (until <= now) continue;
        talks.set(conversationId, { lineId, as: 'awaiting' });
        // How it ended is seen when they are looked at next.
        stale.add(id);
      }
      for (const { conversationId, lineId, as } of occupied.get(id) ?? []) {
        talks.set(conversationId, { lineId, as });
        if (as === 'offered') offers.set(conversationId, id);
      }
      known.set(id, { rev, talks, counted: null });
    }
  };
  /** Once for all who ask meanwhile. */
  const readLines = (): Promise<Map<string, Line>> => {
    if (linesRead) return linesRead;
    const reading = stores.lines.all().then((all) => {
      const found = new Map(all.map((line) => [line.id, line]));
      if (linesRead !== reading) return found;
      lines = found;
      // How they count may have changed.
      for (const one of known.values()) one.counted = null;
      return found;
    });
    const forget = (): void => {
      if (linesRead === reading) linesRead = null;
    };
    reading.then(forget, forget);
    linesRead = reading;
    return reading;
  };
  const counts = (lineId: string, as: Occupied['as']): boolean =>
    as !== 'open' || lines?.get(lineId)?.counts !== 'awaiting';
  const count = (one: Known): NonNullable<Known['counted']> => {
    const onLine = new Map<string, number>();
    let total = 0;
    for (const { lineId, as } of one.talks.values()) {
      if (!counts(lineId, as)) continue;
      total++;
      onLine.set(lineId, (onLine.get(lineId) ?? 0) + 1);
    }
    one.counted = { total, onLine };
    return one.counted;
  };

  /** Null: somebody else has held one since they were read. */
  const place = async (
    operatorId: string,
    one: Known,
    line: Line,
    conversationId: string,
  ): Promise<PlaceHeld | null> => {
    const now = clock.now();
    const hold = { id: newUuid(), conversationId, lineId: line.id };
    const until = new Date(now.getTime() + HOLD_MS);
    if (!(await stores.seats.hold(operatorId, one.rev, { ...hold, until }, now))) return null;
    one.rev++;
    const taken = { lineId: line.id, as: 'awaiting' } as const;
    one.talks.set(conversationId, taken);
    one.counted = null;
    return {
      status: 'held',
      async release() {
        await stores.seats.release(operatorId, hold.id);
        // Not given by the router: it counts until somebody has looked.
        if (one.talks.get(conversationId) === taken) stale.add(operatorId);
      },
    };
  };

  const roster: Roster = {
    users,
    async prepare(ofLines, alsoOperators = []) {
      const missing = new Set<string>();
      const look = (id: string): void => {
        if (!known.has(id) || stale.has(id)) missing.add(id);
      };
      for (const { members } of ofLines) members.forEach(look);
      alsoOperators.forEach(look);
      await Promise.all([
        read([...missing]),
        lines ?? readLines(),
        ...ofLines.map(async ({ id }) => {
          if (!turns.has(id)) turns.set(id, await stores.lines.turns(id));
        }),
      ]);
    },
    async line(id) {
      const line = lines?.get(id) ?? (await readLines()).get(id);
      return line ?? null;
    },
    async linesOf(operatorId) {
      return withMember(lines ?? (await readLines()), operatorId);
    },
    knownLinesOf: (operatorId) => lines && withMember(lines, operatorId),
    load(operatorId, line, except) {
      const one = known.get(operatorId);
      if (!one) return { total: 0, onLine: 0 };
      const { total, onLine } = one.counted ?? count(one);
      const load = { total, onLine: onLine.get(line.id) ?? 0 };
      const own = except === undefined ? undefined : one.talks.get(except);
      if (own && counts(own.lineId, own.as)) {
        load.total--;
        if (own.lineId === line.id) load.onLine--;
      }
      return load;
    },
    turns: (lineId) => turns.get(lineId) ?? new Map<string, Date>(),
    offeredTo: (conversationId) => offers.get(conversationId),
    refresh: read,

    async hold(operatorId, line, conversationId, against = reasonAgainst) {
      let looked = !known.has(operatorId) || stale.has(operatorId);
      if (looked) await read([operatorId]);
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        const one = known.get(operatorId);
        const whyNot = (): string | null => {
          const load = roster.load(operatorId, line, conversationId);
          return against(users.get(operatorId), load, line.maxTalksPerOperator);
        };
        const why = whyNot();
        if (why && !looked && against !== reasonAgainst) {
          // A person is refused for what is so now.
          await read([operatorId]);
          looked = true;
          continue;
        }
        if (why || !one) return { status: 'refused', why: why ?? 'The account is gone.' };
        const limited = isLimited(users.get(operatorId), line);
        const [held, user] = await Promise.all([
          limited ? place(operatorId, one, line, conversationId) : NO_PLACE_HELD,
          // Another process may have heard that they left; whoever asks for another reason does not mind.
          against === reasonAgainst ? stores.users.get(operatorId) : users.get(operatorId),
        ]);
        if (user) users.set(operatorId, user);
        else users.delete(operatorId);
        if (!held) {
          await read([operatorId]);
          looked = true;
          continue;
        }
        const whyNow = whyNot();
        if (!whyNow) return held;
        await held.release();
        return { status: 'refused', why: whyNow };
      }
      return { status: 'refused', why: 'Is being given other talks right now.' };
    },

    given(operatorId, line, at, conversationId, as) {
      const one = known.get(operatorId);
      if (one) {
        one.talks.set(conversationId, { lineId: line.id, as });
        one.counted = null;
      }
      if (as === 'offered') offers.set(conversationId, operatorId);
      const ofLine = turns.get(line.id) ?? new Map<string, Date>();
      turns.set(line.id, ofLine.set(operatorId, at));
    },
    forget: (operatorId) => void stale.add(operatorId),
    forgetLines() {
      lines = null;
      linesRead = null;
    },
    forgetAll() {
      known.clear();
      offers.clear();
      turns.clear();
      roster.forgetLines();
    },
  };
  return roster;
}

const withMember = (lines: ReadonlyMap<string, Line>, operatorId: string): Line[] =>
  [...lines.values()].filter(({ members }) => members.includes(operatorId));

/** Whether there is anything that others could exceed. */
const isLimited = (user: Pick<User, 'maxTalks'> | undefined, line: Line): boolean =>
  line.maxTalksPerOperator !== null || (user?.maxTalks ?? null) !== null;

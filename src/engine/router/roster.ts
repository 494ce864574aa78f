import type { Occupied } from '../../domain/conversations/queue.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Stores } from '../../domain/stores.ts';
import type { Load } from './candidates.ts';

/**
 * What the router knows of operators: read in one go for many, then kept right by events, so that choosing among
 * hundreds asks the database nothing. It is a picture: whoever is chosen is looked up (`verify`) before the claim, which
 * another process's work may have overtaken.
 */
export interface Roster {
  /** Reads what is missing or forgotten of these lines' members. */
  prepare(lines: readonly Line[], alsoOperators?: readonly string[]): Promise<void>;
  users: ReadonlyMap<string, User>;
  load(operatorId: string, line: Line): Load;
  turns(lineId: string): ReadonlyMap<string, Date>;
  /** Reads one operator again. */
  verify(operatorId: string): Promise<void>;
  /** A talk of this line was given or offered to them now. */
  given(operatorId: string, line: Line, at: Date, offeredTalk?: string): void;
  /** To whom alone a talk is offered. */
  offeredTo(conversationId: string): string | undefined;
  /** Something about them changed. */
  forget(operatorId: string): void;
  forgetLines(): void;
  forgetAll(): void;
}

/** An empty roster. */
export function createRoster(stores: Pick<Stores, 'lines' | 'queue' | 'users'>): Roster {
  const users = new Map<string, User>();
  const occupied = new Map<string, Map<string, Occupied>>();
  const turns = new Map<string, Map<string, Date>>();
  /** Talk → to whom alone it is offered. */
  const offers = new Map<string, string>();
  /** Changed since they were read; one that changes while being read stays here. */
  const stale = new Set<string>();
  /** Which talks count on each line. */
  let counts: Map<string, Line['counts']> | null = null;

  const read = async (ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    for (const id of ids) stale.delete(id);
    const [found, occupancy] = await Promise.all([
      stores.users.many(ids),
      stores.queue.occupancy(ids),
    ]);
    for (const id of ids) users.delete(id);
    for (const user of found) users.set(user.id, user);
    for (const [id, lines] of occupancy) {
      occupied.set(id, lines);
      for (const { offered } of lines.values()) for (const talk of offered) offers.set(talk, id);
    }
  };
  const readCounts = async (): Promise<void> => {
    counts = new Map((await stores.lines.all()).map((line) => [line.id, line.counts]));
  };

  return {
    users,
    async prepare(lines, alsoOperators = []) {
      const people = new Set([...lines.flatMap(({ members }) => members), ...alsoOperators]);
      const missing = [...people].filter((id) => !occupied.has(id) || stale.has(id));
      await Promise.all([
        read(missing),
        counts && lines.every(({ id }) => counts?.has(id)) ? null : readCounts(),
        ...lines.map(async ({ id }) => {
          if (!turns.has(id)) turns.set(id, await stores.lines.turns(id));
        }),
      ]);
      for (const line of lines) counts?.set(line.id, line.counts);
    },
    load(operatorId, line) {
      const load: Load = { total: 0, onLine: 0 };
      for (const [lineId, { open, awaiting, offered }] of occupied.get(operatorId) ?? []) {
        const held = (counts?.get(lineId) === 'awaiting' ? awaiting : open) + offered.length;
        load.total += held;
        if (lineId === line.id) load.onLine = held;
      }
      return load;
    },
    turns: (lineId) => turns.get(lineId) ?? new Map<string, Date>(),
    offeredTo: (conversationId) => offers.get(conversationId),
    verify: (operatorId) => read([operatorId]),
    given(operatorId, line, at, offeredTalk) {
      const lines = occupied.get(operatorId) ?? new Map<string, Occupied>();
      const known = lines.get(line.id) ?? { open: 0, awaiting: 0, offered: [] };
      if (offeredTalk === undefined)
        lines.set(line.id, { ...known, open: known.open + 1, awaiting: known.awaiting + 1 });
      else {
        lines.set(line.id, { ...known, offered: [...known.offered, offeredTalk] });
        offers.set(offeredTalk, operatorId);
      }
      occupied.set(operatorId, lines);
      const ofLine = turns.get(line.id) ?? new Map<string, Date>();
      turns.set(line.id, ofLine.set(operatorId, at));
    },
    forget: (operatorId) => void stale.add(operatorId),
    forgetLines() {
      counts = null;
    },
    forgetAll() {
      occupied.clear();
      offers.clear();
      turns.clear();
      counts = null;
    },
  };
}

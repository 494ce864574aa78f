import type { Clock } from '../../src/base/clock.ts';
import type { Line } from '../../src/domain/lines/line.ts';
import type { Stores } from '../../src/domain/stores.ts';
import { isOpen } from './company.ts';
import { holder, waits } from './onlooker.ts';
import type { Onlooker } from './onlooker.ts';

/** Nobody waits whom somebody could serve, and nobody without being told why. */
export function checkWaiting(onlooker: Onlooker, clock: Clock): void {
  const held = onlooker.tally();
  const free = new Map<string, string[]>();
  const freeOf = (line: Line): string[] => {
    const known = free.get(line.id);
    if (known) return known;
    const open = isOpen(line, clock.now());
    const found = open ? line.members.filter((one) => onlooker.bar(one, line, held) === null) : [];
    free.set(line.id, found);
    return found;
  };
  let waiting = 0;
  for (const { id, lineId, session } of onlooker.talks.values()) {
    const line = onlooker.lines.get(lineId);
    if (!line || !waits(session)) continue;
    waiting++;
    const idle = freeOf(line).find((one) => !session.tried.includes(one));
    if (idle) onlooker.wrong.push(`${id} waits on ${line.name} while ${idle} is free`);
    if (session.why === null) onlooker.wrong.push(`${id} waits without a reason`);
  }
  const { counts } = onlooker;
  counts.mostWaiting = Math.max(counts.mostWaiting, waiting);
  counts.mostHeld = Math.max(counts.mostHeld, onlooker.talks.size - waiting);
}

/**
 * Nobody has more than they may, over all and line by line. Who had more when they were allowed less may keep it until
 * it is done: `excess` remembers how much.
 */
export class CapacityCheck {
  readonly #excess = new Map<string, number>();

  run(onlooker: Onlooker): void {
    const held = onlooker.tally();
    const check = (key: string, most: number | null): void => {
      const has = held.get(key) ?? 0;
      const allowed = Math.max(most ?? Number.POSITIVE_INFINITY, this.#excess.get(key) ?? 0);
      if (has > allowed) onlooker.wrong.push(`${key} has ${has} of at most ${most}`);
      this.#excess.set(key, has);
    };
    for (const { id, maxTalks } of onlooker.operators.values()) check(id, maxTalks);
    for (const { id, members, maxTalksPerOperator } of onlooker.lines.values())
      for (const one of members) check(`${one} ${id}`, maxTalksPerOperator);
  }
}

/** The onlooker's books are what the database holds. */
export async function checkBooks(onlooker: Onlooker, stores: Stores): Promise<void> {
  const occupancy = await stores.queue.occupancy([...onlooker.operators.keys()]);
  const stored = [...occupancy].flatMap(([operatorId, talks]) =>
    talks.map(({ conversationId, lineId }) => `${operatorId} ${lineId} ${conversationId}`),
  );
  const kept = [...onlooker.talks.values()]
    .filter(({ session }) => holder(session) !== null)
    .map(({ id, lineId, session }) => `${holder(session)} ${lineId} ${id}`);
  const missing = stored.filter((one) => !kept.includes(one));
  const extra = kept.filter((one) => !stored.includes(one));
  if (missing.length + extra.length > 0)
    onlooker.wrong.push(`the books are not right: ${[...missing, ...extra].join('; ')}`);
}

/** Whose turn was when, as a new process reads it. */
export async function readTurns(onlooker: Onlooker, stores: Stores): Promise<void> {
  onlooker.turns.clear();
  for (const { id } of onlooker.lines.values())
    for (const [operatorId, at] of await stores.lines.turns(id))
      onlooker.turns.set(`${id} ${operatorId}`, Number(at));
}

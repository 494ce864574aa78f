import type { Candidate } from '../../contract/routing.ts';
import type { Line } from '../../domain/lines/line.ts';
import { whyAway } from '../../domain/operators/away.ts';
import type { User } from '../../domain/operators/user.ts';

/** Somebody who can not take the talk now, and why. */
export interface Excluded {
  operatorId: string;
  why: string;
}

/** How busy an operator is: the talks that count, offers to them among these. */
export interface Load {
  total: number;
  onLine: number;
}

/** What is asked of a person. */
type Able = Pick<User, 'active' | 'presence' | 'away' | 'timeZone' | 'maxTalks'>;

/** Facts of one moment. */
export interface RoutingFacts {
  line: Pick<Line, 'members' | 'maxTalksPerOperator'>;
  users: ReadonlyMap<string, Able>;
  loads: ReadonlyMap<string, Load>;
  turns: ReadonlyMap<string, Date>;
}

const NO_LOAD: Load = { total: 0, onLine: 0 };

/** Splits a line's members into those who may take a talk now and those who may not, each with the reason. Pure. */
export function candidatesOf({ line, users, loads, turns }: RoutingFacts): {
  candidates: Candidate[];
  excluded: Excluded[];
} {
  const candidates: Candidate[] = [];
  const excluded: Excluded[] = [];
  line.members.forEach((operatorId, position) => {
    const user = users.get(operatorId);
    const load = loads.get(operatorId) ?? NO_LOAD;
    const why = reasonAgainst(user, load, line.maxTalksPerOperator);
    if (why) excluded.push({ operatorId, why });
    else
      candidates.push({
        operatorId,
        position,
        load: load.total,
        lastTurnAt: turns.get(operatorId) ?? null,
      });
  });
  return { candidates, excluded };
}

/** Why somebody can not get a talk of a line now; null: they can. */
export function reasonAgainst(
  user: Able | undefined,
  load: Load,
  maxOnLine: number | null,
): string | null {
  if (!user?.active) return 'The account is switched off.';
  if (user.presence === 'offline') return 'Offline.';
  if (user.presence === 'break') return 'On a break.';
  if (user.away) return whyAway(user.away, user.timeZone);
  return reasonFull(user, load, maxOnLine);
}

/** Why somebody has no place for another talk of a line; null: they have one, or there is no limit. */
export function reasonFull(
  user: Pick<User, 'maxTalks'>,
  load: Load,
  maxOnLine: number | null,
): string | null {
  if (user.maxTalks !== null && load.total >= user.maxTalks) {
    return `Has ${load.total} of at most ${user.maxTalks} talks.`;
  }
  if (maxOnLine !== null && load.onLine >= maxOnLine) {
    return `Has ${load.onLine} of at most ${maxOnLine} talks on this line.`;
  }
  return null;
}

/** How many more talks of a line somebody can get; infinite without a limit. */
export function placesLeft(
  user: Pick<User, 'maxTalks'>,
  load: Load,
  maxOnLine: number | null,
): number {
  return Math.min(
    user.maxTalks === null ? Infinity : user.maxTalks - load.total,
    maxOnLine === null ? Infinity : maxOnLine - load.onLine,
  );
}

/** Takes out those who were tried in this round. Pure. */
export function untriedOf(
  candidates: readonly Candidate[],
  tried: readonly string[],
): { candidates: Candidate[]; excluded: Excluded[] } {
  const had = new Set(tried);
  return {
    candidates: candidates.filter(({ operatorId }) => !had.has(operatorId)),
    excluded: candidates
      .filter(({ operatorId }) => had.has(operatorId))
      .map(({ operatorId }) => ({ operatorId, why: 'Had their turn with this talk already.' })),
  };
}

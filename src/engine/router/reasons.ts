import type { Line } from '../../domain/lines/line.ts';
import type { Excluded } from './candidates.ts';

/** Why a talk waits. `kind` is what people are alerted for once; null: nothing that they could mend. */
export interface Waiting {
  kind: 'no-operators' | 'nobody-there' | 'all-busy' | null;
  why: string;
}

/** Reason → the words that count people by it. */
const GROUPS: readonly [RegExp, string][] = [
  [/^Offline/, 'offline'],
  [/^On a break/, 'on a break'],
  [/^Has /, 'at capacity'],
  [/^Had their turn/, 'had their turn'],
  [/^Not connected/, 'not connected'],
  [/^Idle/, 'idle'],
  [/^Absent/, 'absent'],
  [/^Outside their/, 'outside their hours'],
];

/** Why nobody can take it, in one sentence. */
export function whyNobody(line: Pick<Line, 'members'>, excluded: readonly Excluded[]): Waiting {
  if (line.members.length === 0) {
    return {
      kind: 'no-operators',
      why: 'This line has no operators: add some in its settings.',
    };
  }
  const reasons = countedReasons(excluded);
  return {
    kind: reasons.includes('at capacity') ? 'all-busy' : 'nobody-there',
    why: `Nobody is free: ${reasons}.`,
  };
}

/** How many can not have it, by reason: `2 offline, 1 at capacity`. */
export function countedReasons(excluded: readonly Excluded[]): string {
  const groups = new Map<string, number>();
  for (const { why } of excluded) {
    const group = GROUPS.find(([pattern]) => pattern.test(why))?.[1] ?? 'switched off';
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return [...groups].map(([group, count]) => `${count} ${group}`).join(', ');
}

/** Why a talk waits while its line is closed. */
export function whyClosed(line: Pick<Line, 'timeZone'>, opensAt: Date | null): Waiting {
  if (!opensAt) return { kind: null, why: 'The line is closed.' };
  const at = new Intl.DateTimeFormat('en-GB', {
    timeZone: line.timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(opensAt);
  return { kind: null, why: `The line is closed until ${at}.` };
}

/** A length of time as people say it: `90 s`, `5 min`, `2 h`. */
export function inWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds <= 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes <= 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

import type { Session } from '../../domain/conversations/conversation.ts';
import type { Target, TargetSheet } from '../../domain/conversations/targets.ts';
import type { Line } from '../../domain/lines/line.ts';

/** When so many milliseconds of a line's working time have gone by since `from`; null: never, the line does not open. */
export type WorkingTime = (line: Line, from: Date, ms: number) => Date | null;

/** What happened, as far as targets care. */
export type TargetEvent =
  | { kind: 'customer-wrote'; at: Date }
  | { kind: 'answered'; at: Date }
  | { kind: 'closed'; at: Date };

/** Somebody is to be told that a target comes near or was missed. */
export interface Telling {
  target: Target;
  as: 'warned' | 'alerted';
}

const MINUTE_MS = 60_000;
const SETTING = {
  'first-answer': 'firstAnswerMinutes',
  'next-answer': 'nextAnswerMinutes',
  resolution: 'resolutionMinutes',
} as const;

/** When a target of so many working minutes is due, and when its warning. Null: the line does not open within years. */
export function dueAt(
  line: Line,
  from: Date,
  minutes: number,
  workingTime: WorkingTime,
): Pick<Target, 'warnAt' | 'dueAt'> | null {
  const due = workingTime(line, from, minutes * MINUTE_MS);
  const warnMs = (minutes * MINUTE_MS * line.targets.warnPercent) / 100;
  const warn = workingTime(line, from, warnMs);
  return due && warn && { dueAt: due, warnAt: warn };
}

/**
 * A session's targets after an event; the same sheet when nothing changes. The first answer and the resolution count
 * from the opening of the session, the next answer from the first message that waits for it. Pure.
 */
export function targetsAfter(
  sheet: TargetSheet | undefined,
  event: TargetEvent,
  session: Pick<Session, 'openedAt' | 'firstAnswerAt'>,
  line: Line,
  workingTime: WorkingTime,
): Target[] | null {
  const before = sheet?.items ?? [];
  const begin = (kind: Target['kind'], from: Date): Target[] => {
    const minutes = line.targets[SETTING[kind]];
    const times = minutes === null ? null : dueAt(line, from, minutes, workingTime);
    return times ? [{ kind, startedAt: from, ...times, metAt: null, told: 'nothing' }] : [];
  };
  if (event.kind === 'customer-wrote') {
    if (!sheet) {
      const first = session.firstAnswerAt ? [] : begin('first-answer', session.openedAt);
      const items = [...first, ...begin('resolution', session.openedAt)];
      return items.length > 0 ? items : null;
    }
    const waits = before.some(({ kind, metAt }) => kind !== 'resolution' && metAt === null);
    if (waits || !session.firstAnswerAt) return null;
    const next = begin('next-answer', event.at);
    if (next.length === 0) return null;
    return [...before.filter(({ kind }) => kind !== 'next-answer'), ...next];
  }
  const ends = (kind: Target['kind']): boolean =>
    event.kind === 'answered' ? kind !== 'resolution' : kind === 'resolution';
  if (!before.some(({ kind, metAt }) => metAt === null && ends(kind))) return null;
  return before.map((target) =>
    target.metAt === null && ends(target.kind) ? { ...target, metAt: event.at } : target,
  );
}

/** What people are to be told of now, and the targets with that written down. Pure. */
export function tellings(
  items: readonly Target[],
  now: Date,
): { items: Target[]; tell: Telling[] } {
  const tell: Telling[] = [];
  const after = items.map((target): Target => {
    const as = due(target, now);
    if (!as) return target;
    const told = { ...target, told: as };
    tell.push({ target: told, as });
    return told;
  });
  return { items: after, tell };
}

function due({ metAt, told, warnAt, dueAt: end }: Target, now: Date): Telling['as'] | null {
  if (metAt !== null || told === 'alerted') return null;
  if (end <= now) return 'alerted';
  return told === 'nothing' && warnAt <= now ? 'warned' : null;
}

/** When somebody must be told of something next; null: of nothing. A closed talk tells of nothing any more. */
export function nextTelling(items: readonly Target[], closed: boolean): Date | null {
  if (closed) return null;
  const times = items.flatMap(({ metAt, told, warnAt, dueAt: end }) => {
    if (metAt !== null || told === 'alerted') return [];
    return [(told === 'nothing' ? warnAt : end).getTime()];
  });
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

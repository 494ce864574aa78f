import { describe, expect, it } from 'vitest';
import type { Target, TargetSheet } from '../../domain/conversations/targets.ts';
import type { Line } from '../../domain/lines/line.ts';
import { afterWorkingTime } from '../router/hours-walk.ts';
import { dueAt, nextTelling, targetsAfter, tellings } from './sheet.ts';

const line = (more: Partial<Line> = {}): Line =>
  ({
    timeZone: 'Europe/Berlin',
    hours: {
      fri: [['09:00', '18:00']],
      mon: [
        ['09:00', '13:00'],
        ['14:00', '18:00'],
      ],
    },
    holidays: [],
    exceptions: {},
    calendar: null,
    targets: {
      firstAnswerMinutes: 30,
      nextAnswerMinutes: 60,
      resolutionMinutes: 600,
      warnPercent: 80,
    },
    ...more,
  }) as Line;
const at = (text: string): Date => new Date(text);
const due = (from: string, minutes: number, more: Partial<Line> = {}) => {
  const times = dueAt(line(more), at(from), minutes, afterWorkingTime);
  return times && [times.warnAt.toISOString(), times.dueAt.toISOString()];
};

describe('when a target is due', () => {
  it.each([
    [
      'within hours',
      '2026-11-06T09:00:00Z',
      30,
      '2026-11-06T09:24:00.000Z',
      '2026-11-06T09:30:00.000Z',
    ],
    [
      'over the weekend',
      '2026-11-06T16:50:00Z',
      20,
      '2026-11-09T08:06:00.000Z',
      '2026-11-09T08:10:00.000Z',
    ],
    [
      'over lunch',
      '2026-11-09T11:50:00Z',
      20,
      '2026-11-09T13:06:00.000Z',
      '2026-11-09T13:10:00.000Z',
    ],
    [
      'from out of hours',
      '2026-11-07T12:00:00Z',
      60,
      '2026-11-09T08:48:00.000Z',
      '2026-11-09T09:00:00.000Z',
    ],
    [
      'ending with the day',
      '2026-11-06T16:00:00Z',
      60,
      '2026-11-06T16:48:00.000Z',
      '2026-11-06T17:00:00.000Z',
    ],
  ])('%s', (_what, from, minutes, warn, end) => {
    expect(due(from, minutes)).toEqual([warn, end]);
  });

  it('counts an hour once on the night the clocks go back, and the hour that there is not never', () => {
    const nights = { hours: { sun: [['00:00', '12:00']] as [string, string][] } };
    expect(due('2026-10-24T22:00:00Z', 13 * 60, nights)?.[1]).toBe('2026-10-25T11:00:00.000Z');
    expect(due('2026-03-28T23:00:00Z', 11 * 60, nights)?.[1]).toBe('2026-03-29T10:00:00.000Z');
  });

  it('skips days off, and never comes on a line that never opens', () => {
    expect(due('2026-11-06T16:50:00Z', 20, { exceptions: { '2026-11-09': [] } })?.[1]).toBe(
      '2026-11-13T08:10:00.000Z',
    );
    const day = [['09:00', '18:00']] as [string, string][];
    const holidays = Array.from({ length: 400 }, (_, week) =>
      new Date(Date.UTC(2026, 10, 2) + week * 7 * 86_400_000).toISOString().slice(0, 10),
    );
    expect(due('2026-11-06T16:50:00Z', 20, { hours: { mon: day }, holidays })).toBeNull();
  });
});

describe('the targets of a session', () => {
  const session = { openedAt: at('2026-11-06T09:00:00Z'), firstAnswerAt: null as Date | null };
  const after = (items: Target[] | null): TargetSheet | undefined =>
    items ? { step: 1, items, wakeAt: null } : undefined;
  const kinds = (items: Target[] | null) =>
    items?.map(({ kind, metAt }) => `${kind}${metAt ? ' met' : ''}`) ?? null;
  const play = (
    sheet: TargetSheet | undefined,
    kind: 'customer-wrote' | 'answered' | 'closed',
    time: string,
    answered: Date | null,
  ) =>
    targetsAfter(
      sheet,
      { kind, at: at(time) },
      { ...session, firstAnswerAt: answered },
      line(),
      afterWorkingTime,
    );

  it('go from the first message to the end', () => {
    const first = play(undefined, 'customer-wrote', '2026-11-06T09:00:00Z', null);
    expect(kinds(first)).toEqual(['first-answer', 'resolution']);
    expect(play(after(first), 'customer-wrote', '2026-11-06T09:01:00Z', null)).toBeNull();
    const answered = play(after(first), 'answered', '2026-11-06T09:10:00Z', null);
    expect(kinds(answered)).toEqual(['first-answer met', 'resolution']);
    const then = at('2026-11-06T09:10:00Z');
    expect(play(after(answered), 'answered', '2026-11-06T09:11:00Z', then)).toBeNull();
    const again = play(after(answered), 'customer-wrote', '2026-11-06T10:00:00Z', then);
    expect(kinds(again)).toEqual(['first-answer met', 'resolution', 'next-answer']);
    expect(again?.[2]?.dueAt.toISOString()).toBe('2026-11-06T11:00:00.000Z');
    // A second message while the first one waits moves nothing.
    expect(play(after(again), 'customer-wrote', '2026-11-06T10:30:00Z', then)).toBeNull();
    const replied = play(after(again), 'answered', '2026-11-06T10:40:00Z', then);
    const third = play(after(replied), 'customer-wrote', '2026-11-06T11:00:00Z', then);
    expect(kinds(third)).toEqual(['first-answer met', 'resolution', 'next-answer']);
    expect(third?.[2]?.dueAt.toISOString()).toBe('2026-11-06T12:00:00.000Z');
    expect(kinds(play(after(third), 'closed', '2026-11-06T11:30:00Z', then))).toEqual([
      'first-answer met',
      'resolution met',
      'next-answer',
    ]);
  });

  it('are none where the line has none', () => {
    const none = line({
      targets: {
        firstAnswerMinutes: null,
        nextAnswerMinutes: null,
        resolutionMinutes: null,
        warnPercent: 80,
      },
    });
    expect(
      targetsAfter(
        undefined,
        { kind: 'customer-wrote', at: session.openedAt },
        session,
        none,
        afterWorkingTime,
      ),
    ).toBeNull();
  });

  it('warn once, alert once, and say when to look next', () => {
    const [target] = play(undefined, 'customer-wrote', '2026-11-06T09:00:00Z', null) ?? [];
    if (!target) throw new Error('no target');
    expect(nextTelling([target], false)).toEqual(at('2026-11-06T09:24:00Z'));
    expect(tellings([target], at('2026-11-06T09:23:59Z')).tell).toEqual([]);
    const warned = tellings([target], at('2026-11-06T09:24:00Z'));
    expect(warned.tell.map(({ as }) => as)).toEqual(['warned']);
    expect(tellings(warned.items, at('2026-11-06T09:25:00Z')).tell).toEqual([]);
    expect(nextTelling(warned.items, false)).toEqual(at('2026-11-06T09:30:00Z'));
    const alerted = tellings(warned.items, at('2026-11-06T09:30:00Z'));
    expect(alerted.tell.map(({ as }) => as)).toEqual(['alerted']);
    expect(tellings(alerted.items, at('2026-11-07T09:30:00Z')).tell).toEqual([]);
    expect(nextTelling(alerted.items, false)).toBeNull();
    expect(nextTelling([target], true)).toBeNull();
    // Who looks too late warns of nothing that is over: the alert is enough.
    expect(tellings([target], at('2026-11-06T10:00:00Z')).tell.map(({ as }) => as)).toEqual([
      'alerted',
    ]);
    const met = { ...target, metAt: at('2026-11-06T09:10:00Z') };
    expect(tellings([met], at('2026-11-06T10:00:00Z')).tell).toEqual([]);
  });
});

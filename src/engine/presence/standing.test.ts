import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Absence } from '../../domain/operators/away.ts';
import { openAt } from '../router/hours.ts';
import { absentAt, endOfDay } from './absences.ts';
import { standingOf } from './standing.ts';
import type { StandingFacts } from './standing.ts';

const NOW = new Date('2026-11-23T10:00:00Z');
const before = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
const after = (minutes: number): Date => before(-minutes);

const user: StandingFacts['user'] = {
  ...{ presence: 'online', presenceAt: before(60), timeZone: 'Europe/Berlin', hours: {} },
  ...{ absences: [], workUntil: null, reachableByPhone: false },
};
type Dev = StandingFacts['devices'][number];
const device = (more: Partial<Dev> = {}): Dev => ({
  ...{ kind: 'browser', live: true, met: true, seenAt: before(0), activeAt: before(0), push: null },
  ...more,
});
const push = { endpoint: 'https://push.example', p256dh: '', auth: '' };
const standing = (
  more: Partial<StandingFacts['user']>,
  devices: readonly Dev[] = [],
  limits: Partial<StandingFacts> = {},
) =>
  standingOf(
    { user: { ...user, ...more }, devices, graceMs: 120_000, idleMs: 600_000, ...limits },
    NOW,
    openAt,
  );

describe('by devices', () => {
  it('takes who said online without any device at their word', () => {
    expect(standing({})).toEqual({ away: null, lookAt: null });
    // A browser that was closed before they said it by other means says nothing either.
    const old = device({ live: false, seenAt: before(90) });
    expect(standing({}, [old])).toEqual({ away: null, lookAt: null });
    const called = device({ live: false, met: false, seenAt: before(30) });
    expect(standing({}, [called])).toEqual({ away: null, lookAt: null });
  });
  it('counts who is left by their last device as not connected after the grace time', () => {
    const left = [
      device({ live: false, seenAt: before(1) }),
      device({ live: false, seenAt: before(5) }),
    ];
    expect(standing({}, left)).toEqual({ away: null, lookAt: after(1) });
    const gone = [device({ live: false, seenAt: before(2) })];
    expect(standing({}, gone).away).toEqual({
      ...{ kind: 'disconnected', since: before(2), until: null },
    });
    expect(standing({}, [...gone, device()]).away).toBeNull();
    expect(standing({ presence: 'break' }, gone).away).toBeNull();
    expect(standing({}, gone, { graceMs: 0 }).away).toBeNull();
  });
  it('lets a phone with notices stand for a person who wants that', () => {
    const gone = device({ live: false, seenAt: before(30) });
    const phone = device({ kind: 'phone', live: false, seenAt: before(30), push });
    expect(standing({ reachableByPhone: true }, [gone, phone]).away).toBeNull();
    expect(standing({ reachableByPhone: false }, [gone, phone]).away?.kind).toBe('disconnected');
    const browser = { ...phone, kind: 'browser' as const };
    expect(standing({ reachableByPhone: true }, [browser]).away?.kind).toBe('disconnected');
  });
  it('counts as idle who touches none of their connected devices', () => {
    const idle = device({ activeAt: before(10) });
    expect(standing({}, [idle]).away).toEqual({ kind: 'idle', since: before(10), until: null });
    expect(standing({}, [idle, device({ activeAt: before(4) })])).toEqual({
      ...{ away: null, lookAt: after(6) },
    });
    // Saying “online” is a touch, and a device that is gone is not touched.
    expect(standing({ presenceAt: before(3) }, [idle]).lookAt).toEqual(after(7));
    const gone = device({ live: false, activeAt: before(1), seenAt: before(1) });
    expect(standing({}, [idle, gone]).away?.kind).toBe('idle');
    expect(standing({}, [idle], { idleMs: 0 })).toEqual({ away: null, lookAt: null });
  });
});

describe('by hours and absences', () => {
  const hours = { mon: [['09:00', '10:30']], tue: [['09:00', '17:00']] } as {
    mon: [string, string][];
    tue: [string, string][];
  };
  it('gives nothing outside of one’s own hours, and looks again when they change', () => {
    // 10:00 UTC is 11:00 in Berlin.
    expect(standing({ hours })).toEqual({
      away: { kind: 'off_hours', since: null, until: new Date('2026-11-24T08:00:00Z') },
      lookAt: new Date('2026-11-24T08:00:00Z'),
    });
    expect(standing({ hours, timeZone: 'Europe/London' })).toEqual({
      ...{ away: null, lookAt: after(30) },
    });
    expect(standing({ hours, presence: 'offline' }).away?.kind).toBe('off_hours');
  });
  it('puts an absence before everything, and working all the same before both', () => {
    const absences: Absence[] = [
      { id: 'a', from: '2026-11-23T11:00', to: '2026-11-24', kind: 'ill', note: '' },
    ];
    expect(standing({ absences, hours }, [device({ activeAt: before(20) })]).away).toEqual({
      kind: 'absent',
      since: new Date('2026-11-23T10:00:00Z'),
      until: new Date('2026-11-24T23:00:00Z'),
    });
    expect(standing({ absences, hours, workUntil: after(60) })).toEqual({
      ...{ away: null, lookAt: after(60) },
    });
    expect(standing({ absences, workUntil: before(1) }).away?.kind).toBe('absent');
  });
  it('ends a day’s work at midnight, or four hours later for who begins late', () => {
    const four = 4 * 3_600_000;
    expect(endOfDay(NOW, 'Europe/Berlin', four)).toEqual(new Date('2026-11-23T23:00:00Z'));
    const late = new Date('2026-11-23T22:30:00Z');
    expect(endOfDay(late, 'Europe/Berlin', four)).toEqual(new Date('2026-11-24T02:30:00Z'));
  });
});

describe('absences', () => {
  it('are right on the days on which clocks change', () => {
    const of = (from: string, to: string, at: string) =>
      absentAt([{ id: 'a', from, to, kind: 'other', note: '' }], 'Europe/Berlin', new Date(at));
    // 29 March 2026 has 23 hours, 25 October 25.
    expect(of('2026-03-29', '2026-03-29', '2026-03-29T12:00:00Z').now).toEqual({
      ...{ since: new Date('2026-03-28T23:00:00Z'), until: new Date('2026-03-29T22:00:00Z') },
    });
    expect(of('2026-10-25', '2026-10-25', '2026-10-25T12:00:00Z').now).toEqual({
      ...{ since: new Date('2026-10-24T22:00:00Z'), until: new Date('2026-10-25T23:00:00Z') },
    });
    // 02:30 does not exist that night.
    expect(of('2026-03-29T02:30', '2026-03-29T12:00', '2026-03-29T00:00:00Z').next).toEqual(
      new Date('2026-03-29T01:30:00Z'),
    );
  });
  it('that touch are one; any others end where they end', () => {
    const day = fc.integer({ min: 0, max: 40 });
    const text = (offset: number): string =>
      new Date(Date.UTC(2026, 9, 1 + offset)).toISOString().slice(0, 10);
    fc.assert(
      fc.property(fc.array(fc.tuple(day, day), { maxLength: 8 }), day, (pairs, today) => {
        const absences: Absence[] = pairs.map(([from, length], index) => ({
          ...{ id: String(index), from: text(from), to: text(from + (length % 9)) },
          ...{ kind: 'other' as const, note: '' },
        }));
        const off = (offset: number): boolean =>
          pairs.some(([from, length]) => offset >= from && offset <= from + (length % 9));
        const noon = new Date(`${text(today)}T12:00:00Z`);
        const { now, next } = absentAt(absences, 'UTC', noon);
        expect(now !== null).toBe(off(today));
        // The other way to know: day by day.
        let end = today;
        while (off(end)) end++;
        if (now) expect(now.until.toISOString().slice(0, 10)).toBe(text(end));
        let begin: number | null = null;
        for (let offset = end + 1; offset < 60 && begin === null; offset++)
          if (off(offset)) begin = offset;
        if (!now && off(today + 1)) begin = today + 1;
        expect(next?.toISOString().slice(0, 10) ?? null).toBe(begin === null ? null : text(begin));
      }),
    );
  });
});

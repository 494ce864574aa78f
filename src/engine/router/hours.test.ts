import { describe, expect, it } from 'vitest';
import type { Schedule } from './hours.ts';
import { openAt } from './hours.ts';

const berlin = (hours: Schedule['hours'], holidays: string[] = []): Schedule => ({
  timeZone: 'Europe/Berlin',
  hours,
  holidays,
});
const ask = (line: Schedule, at: string): [boolean, string | null] => {
  const { open, nextChange } = openAt(line, new Date(at));
  return [open, nextChange?.toISOString() ?? null];
};
const weekdays = berlin({
  mon: [
    ['09:00', '13:00'],
    ['14:00', '18:00'],
  ],
  tue: [['09:00', '18:00']],
});

describe('opening hours', () => {
  it('are always when none are given', () => {
    expect(ask(berlin({}), '2026-11-02T03:00:00Z')).toEqual([true, null]);
    expect(ask(berlin({ mon: [] }), '2026-11-02T03:00:00Z')).toEqual([true, null]);
  });

  it('open at the first minute and are closed at the last', () => {
    expect(ask(weekdays, '2026-11-02T07:59:59.999Z')).toEqual([false, '2026-11-02T08:00:00.000Z']);
    expect(ask(weekdays, '2026-11-02T08:00:00Z')).toEqual([true, '2026-11-02T12:00:00.000Z']);
    expect(ask(weekdays, '2026-11-02T12:00:00Z')).toEqual([false, '2026-11-02T13:00:00.000Z']);
  });

  it('look over the days without any', () => {
    expect(ask(weekdays, '2026-11-03T17:00:00Z')).toEqual([false, '2026-11-09T08:00:00.000Z']);
  });

  it('pass midnight, seen from both sides of it', () => {
    const night = berlin({ sat: [['21:00', '02:00']] });
    expect(ask(night, '2026-11-07T22:30:00Z')).toEqual([true, '2026-11-08T01:00:00.000Z']);
    expect(ask(night, '2026-11-08T00:30:00Z')).toEqual([true, '2026-11-08T01:00:00.000Z']);
    expect(ask(night, '2026-11-08T01:00:00Z')).toEqual([false, '2026-11-14T20:00:00.000Z']);
  });

  it('join where one ends when the next begins, also at midnight and when they overlap', () => {
    const joined = berlin({
      mon: [
        ['08:00', '12:00'],
        ['11:00', '20:00'],
        ['20:00', '24:00'],
      ],
      tue: [['00:00', '06:00']],
    });
    expect(ask(joined, '2026-11-02T09:00:00Z')).toEqual([true, '2026-11-03T05:00:00.000Z']);
  });

  it('take intervals in any order', () => {
    const mixed = berlin({
      mon: [
        ['14:00', '18:00'],
        ['09:00', '13:00'],
      ],
    });
    expect(ask(mixed, '2026-11-02T10:00:00Z')).toEqual([true, '2026-11-02T12:00:00.000Z']);
  });

  it('never change around the clock, and never open when every day is a holiday gap of two years', () => {
    const day: [string, string][] = [['00:00', '00:00']];
    const clock = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };
    expect(ask(berlin(clock), '2026-11-02T10:00:00Z')).toEqual([true, null]);
    expect(ask(berlin(clock, ['2026-11-04']), '2026-11-02T10:00:00Z')).toEqual([
      true,
      '2026-11-03T23:00:00.000Z',
    ]);
  });

  it('are cancelled by a holiday, whose night before still runs to its end', () => {
    const nights = berlin({ thu: [['20:00', '04:00']], fri: [['20:00', '04:00']] }, ['2026-12-25']);
    expect(ask(nights, '2026-12-25T01:00:00Z')).toEqual([true, '2026-12-25T03:00:00.000Z']);
    expect(ask(nights, '2026-12-25T20:00:00Z')).toEqual([false, '2026-12-31T19:00:00.000Z']);
  });

  it('close an always open line on its holidays', () => {
    const line = berlin({}, ['2026-12-25']);
    expect(ask(line, '2026-12-24T12:00:00Z')).toEqual([true, '2026-12-24T23:00:00.000Z']);
    expect(ask(line, '2026-12-25T12:00:00Z')).toEqual([false, '2026-12-25T23:00:00.000Z']);
  });

  it('follow the wall clock over both odd days of the year', () => {
    const sundays = berlin({ sun: [['00:00', '12:00']] });
    // 29 March 2026 has 23 hours, 25 October 2026 has 25.
    expect(ask(sundays, '2026-03-28T23:30:00Z')).toEqual([true, '2026-03-29T10:00:00.000Z']);
    expect(ask(sundays, '2026-10-24T22:30:00Z')).toEqual([true, '2026-10-25T11:00:00.000Z']);
  });

  it('move a start that does not exist on the odd day, and take the first of two', () => {
    const early = berlin({ sun: [['02:30', '05:00']] });
    expect(ask(early, '2026-03-29T00:00:00Z')).toEqual([false, '2026-03-29T01:30:00.000Z']);
    expect(ask(early, '2026-10-24T23:00:00Z')).toEqual([false, '2026-10-25T00:30:00.000Z']);
  });

  it('know zones whose clocks move by half an hour or live a day ahead', () => {
    const howe: Schedule = {
      timeZone: 'Australia/Lord_Howe',
      hours: { sun: [['00:00', '12:00']] },
      holidays: [],
    };
    // On 5 April 2026 the clock goes back by 30 minutes: 12:00 is UTC+10:30.
    expect(ask(howe, '2026-04-04T14:00:00Z')).toEqual([true, '2026-04-05T01:30:00.000Z']);
    const kiritimati: Schedule = { ...howe, timeZone: 'Pacific/Kiritimati' };
    expect(ask(kiritimati, '2026-11-07T10:00:00Z')).toEqual([true, '2026-11-07T22:00:00.000Z']);
  });
});

describe('single days and calendars', () => {
  const day: [string, string][] = [['09:00', '18:00']];
  const line: Schedule = {
    timeZone: 'Europe/Berlin',
    hours: { thu: day, fri: day },
    holidays: ['2026-12-25'],
    exceptions: {
      '2026-12-24': [['09:00', '12:00']],
      '2026-12-31': [],
      '2026-12-25': [['10:00', '11:00']],
    },
    calendar: { days: [{ date: '2027-01-01' }] },
  };

  it('an exception stands in place of the weekday and of a holiday', () => {
    expect(ask(line, '2026-12-24T09:00:00Z')).toEqual([true, '2026-12-24T11:00:00.000Z']);
    expect(ask(line, '2026-12-24T12:00:00Z')).toEqual([false, '2026-12-25T09:00:00.000Z']);
  });

  it('an empty exception is a day off, and so is a day of the calendar', () => {
    expect(ask(line, '2026-12-31T10:00:00Z')).toEqual([false, '2027-01-07T08:00:00.000Z']);
  });

  it('an exception holds for a line that is always open', () => {
    const always: Schedule = {
      ...line,
      hours: {},
      holidays: [],
      calendar: null,
      exceptions: { '2026-12-24': [] },
    };
    expect(ask(always, '2026-12-24T10:00:00Z')).toEqual([false, '2026-12-24T23:00:00.000Z']);
    expect(ask(always, '2026-12-25T10:00:00Z')).toEqual([true, null]);
  });
});

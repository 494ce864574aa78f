import { describe, expect, it } from 'vitest';
import { countdown, inputTime, presets } from './when.ts';

const at = (year: number, month: number, day: number, hour: number) =>
  new Date(year, month - 1, day, hour);
const times = (now: Date) => presets(now).map((preset) => inputTime(preset.at));

describe('times to put something off to', () => {
  it('are an hour, the evening, tomorrow and Monday', () => {
    expect(times(at(2026, 11, 25, 10))).toEqual([
      '2026-11-25T11:00',
      '2026-11-25T18:00',
      '2026-11-26T09:00',
      '2026-11-30T09:00',
    ]);
  });
  it('leave the evening out when it is near or over', () => {
    expect(times(at(2026, 11, 25, 16))).toHaveLength(3);
    expect(times(at(2026, 11, 25, 22))).toHaveLength(3);
  });
  it('name Monday once when tomorrow is Monday, and mean the next one on a Monday', () => {
    expect(times(at(2026, 11, 29, 20))).toEqual(['2026-11-29T21:00', '2026-11-30T09:00']);
    expect(times(at(2026, 11, 30, 20)).at(-1)).toBe('2026-12-07T09:00');
  });
  it('go over the end of a year', () => {
    expect(times(at(2026, 12, 31, 20))[1]).toBe('2027-01-01T09:00');
  });
});

describe('a countdown', () => {
  const now = Date.parse('2026-01-01T10:00:00Z');
  it('shows minutes and seconds, and hours when there are some', () => {
    expect(countdown('2026-01-01T10:00:05Z', now)).toBe('0:05');
    expect(countdown('2026-01-01T10:12:05Z', now)).toBe('12:05');
    expect(countdown('2026-01-01T11:02:03Z', now)).toBe('1:02:03');
  });
  it('stops at nothing', () => {
    expect(countdown('2026-01-01T09:00:00Z', now)).toBe('0:00');
  });
});

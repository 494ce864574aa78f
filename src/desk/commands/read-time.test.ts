import { describe, expect, it } from 'vitest';
import { readTime } from './read-time.ts';

/** A Monday; Berlin leaves summer time on 25 October 2026. */
const now = new Date('2026-10-19T12:00:00Z');
const read = async (text: string, timeZone = 'Europe/Berlin', at = now) => {
  const time = await readTime(text, { now: at, timeZone });
  return time.status === 'ok' ? time.at.toISOString() : time.status;
};

describe('readTime', () => {
  it.each([
    ['tomorrow 10:00', '2026-10-20T08:00:00.000Z'],
    ['fri 15:30', '2026-10-23T13:30:00.000Z'],
    ['15:00', '2026-10-19T13:00:00.000Z'],
    ['9:00', '2026-10-20T07:00:00.000Z'],
    ['tomorrow', '2026-10-20T07:00:00.000Z'],
    ['24 Dec', '2026-12-24T08:00:00.000Z'],
    ['in 2 hours', '2026-10-19T14:00:00.000Z'],
    ['5pm EST', '2026-10-19T22:00:00.000Z'],
    ['2026-10-25 10:00', '2026-10-25T09:00:00.000Z'],
  ])('reads %j in Berlin', async (text, expected) => {
    expect(await read(text)).toBe(expected);
  });

  it('reads in the speaker’s zone, beyond a change of the clock', async () => {
    expect(await read('mon 9:00')).toBe('2026-10-26T08:00:00.000Z');
    expect(await read('tomorrow 9:00', 'Asia/Tokyo')).toBe('2026-10-20T00:00:00.000Z');
    expect(await read('tomorrow 9:00', 'America/New_York')).toBe('2026-10-20T13:00:00.000Z');
  });

  it.each(['', 'soon', 'call them tomorrow', 'tomorrow 10:00 please', '10:00 to 12:00'])(
    'does not guess at %j',
    async (text) => {
      expect(await read(text)).toBe('wrong');
    },
  );
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk } from '../../../test/harness/desk.ts';
import type { TestDesk } from '../../../test/harness/desk.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { changeLine } from './change-line.ts';
import { lineOpen } from './line-open.ts';
import { readCalendar } from './read-calendar.ts';
import { refreshCalendars } from './refresh-calendars.ts';

const NOW = new Date('2026-11-02T10:00:00Z');
const calendar = (...events: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...events, 'END:VCALENDAR'].join('\r\n');
let uid = 0;
const event = (...lines: string[]): string =>
  ['BEGIN:VEVENT', `UID:${++uid}@test`, 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'].join(
    '\r\n',
  );
const days = (...events: string[]): string[] =>
  readCalendar(calendar(...events), NOW).days.map(({ date, name }) => `${date} ${name}`);

describe('a calendar of holidays', () => {
  it('names whole days, from the first to the one before its end', () => {
    expect(
      days(
        event('DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227', 'SUMMARY:Christmas'),
        event('DTSTART;VALUE=DATE:20261231', 'SUMMARY:New Year’s Eve'),
      ),
    ).toEqual([
      '2026-12-24 Christmas',
      '2026-12-25 Christmas',
      '2026-12-26 Christmas',
      '2026-12-31 New Year’s Eve',
    ]);
  });

  it('unfolds what comes every year, without what is left out, moved or cancelled', () => {
    const same = 'UID:labour@test';
    const one = (...lines: string[]): string =>
      ['BEGIN:VEVENT', same, 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'].join('\r\n');
    expect(
      days(
        one(
          'DTSTART;VALUE=DATE:20200501',
          'RRULE:FREQ=YEARLY',
          'EXDATE;VALUE=DATE:20270501',
          'SUMMARY:Labour',
        ),
        one('RECURRENCE-ID;VALUE=DATE:20280501', 'DTSTART;VALUE=DATE:20280502', 'SUMMARY:Moved'),
        one(
          'RECURRENCE-ID;VALUE=DATE:20290501',
          'DTSTART;VALUE=DATE:20290501',
          'STATUS:CANCELLED',
          'SUMMARY:Off',
        ),
      ),
    ).toEqual(['2028-05-02 Moved']);
  });

  it('leaves out appointments and what is over', () => {
    expect(
      days(
        event('DTSTART:20261224T100000Z', 'DTEND:20261224T110000Z', 'SUMMARY:Meeting'),
        event('DTSTART;VALUE=DATE:20261001', 'SUMMARY:Over'),
        event('DTSTART;VALUE=DATE:20261224', 'STATUS:CANCELLED', 'SUMMARY:Cancelled'),
      ),
    ).toEqual([]);
  });

  it('ends: a daily repetition for ever is no trap', () => {
    const found = days(event('DTSTART;VALUE=DATE:20200101', 'RRULE:FREQ=DAILY', 'SUMMARY:Always'));
    expect(found.length).toBe(1000);
  });

  it.each(['', 'hello', '<html></html>', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n'])(
    'refuses %j',
    (text) => {
      expect(() => readCalendar(text, NOW)).toThrow('This is no calendar');
    },
  );
});

describe('the feed of a line', () => {
  let test: TestDesk;
  let boss: Principal;
  let body = '';
  let status = 200;
  let asked = 0;
  const server = createServer((_request, response) => {
    asked++;
    response.writeHead(status, { 'content-type': 'text/calendar' }).end(body);
  });
  let url = '';
  beforeAll(async () => {
    test = await openTestDesk();
    boss = await test.person('Cleo', 'administrator');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/holidays.ics`;
  });
  afterAll(async () => {
    server.close();
    await test.close();
  });

  it('is read at once and daily; a broken one keeps the last good days and says so', async () => {
    const { id } = await test.line('Feed', []);
    body = calendar(event('DTSTART;VALUE=DATE:20261224', 'SUMMARY:Eve'));
    const line = await changeLine(test.desk, boss, id, { calendar: { url } });
    expect(line.calendar).toMatchObject({
      url,
      problem: null,
      days: [{ date: '2026-12-24', name: 'Eve' }],
    });
    const open = (at: string) => lineOpen(test.desk, boss, id, new Date(at));
    expect((await open('2026-12-24T10:00:00Z')).open).toBe(false);
    await refreshCalendars(test.desk);
    expect(asked).toBe(1);

    test.clock.advance(24 * 3_600_000);
    status = 500;
    await refreshCalendars(test.desk);
    const broken = (await test.desk.stores.lines.get(id))?.calendar;
    expect(broken).toMatchObject({
      days: [{ date: '2026-12-24' }],
      problem: expect.stringContaining('500'),
    });
    expect(broken?.fetchedAt).toEqual(new Date('2026-11-02T10:00:00Z'));

    test.clock.advance(3_600_000);
    status = 200;
    body = calendar(event('DTSTART;VALUE=DATE:20261231', 'SUMMARY:Last'));
    await Promise.all([refreshCalendars(test.desk), refreshCalendars(test.desk)]);
    expect(asked).toBe(3);
    expect((await test.desk.stores.lines.get(id))?.calendar).toMatchObject({
      days: [{ date: '2026-12-31' }],
      problem: null,
    });
    expect((await changeLine(test.desk, boss, id, { calendar: null })).calendar).toBeNull();
    test.clock.advance(48 * 3_600_000);
    await refreshCalendars(test.desk);
    expect(asked).toBe(3);
  });
});

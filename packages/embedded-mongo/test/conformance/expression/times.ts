import type { ExpressionRow, Table } from '../run.ts';
import { aggregationPage, date, fails, L, oid, ts, type Expected } from '../values.ts';
import type { Doc } from '../../../src/values/index.ts';

const table = (name: string, page: string, rows: ExpressionRow[]): Table<ExpressionRow> => ({
  name,
  page: aggregationPage(page),
  rows,
});

/** The parts of one moment by operator. */
const parts = (
  moment: string,
  zone: string | undefined,
  wanted: Record<string, Expected>,
): [string, ExpressionRow][] =>
  Object.entries(wanted).map(([op, expected]) => [
    op,
    [{ [op]: zone ? { date: '$d', timezone: zone } : '$d' }, expected, { d: date(moment) }],
  ]);

const PART_ROWS = [
  ...parts('2014-01-01T08:15:39.736Z', undefined, {
    $year: 2014,
    $month: 1,
    $dayOfMonth: 1,
    $hour: 8,
    $minute: 15,
    $second: 39,
    $millisecond: 736,
    $dayOfYear: 1,
    $dayOfWeek: 4,
    $week: 0,
    $isoWeek: 1,
    $isoWeekYear: L(2014),
    $isoDayOfWeek: 3,
  }),
  ...parts('2016-01-01T00:00:00Z', undefined, {
    $week: 0,
    $isoWeek: 53,
    $isoWeekYear: L(2015),
    $dayOfWeek: 6,
    $isoDayOfWeek: 5,
  }),
  ...parts('2011-08-14T12:00:00Z', undefined, {
    $week: 33,
    $isoWeek: 32,
    $dayOfWeek: 1,
    $isoDayOfWeek: 7,
    $dayOfYear: 226,
  }),
  ...parts('1998-11-07T00:00:00Z', 'Europe/Berlin', { $hour: 1, $dayOfMonth: 7, $week: 44 }),
  ...parts('2020-12-31T23:30:00Z', 'Asia/Tokyo', {
    $year: 2021,
    $month: 1,
    $dayOfMonth: 1,
    $hour: 8,
    $dayOfYear: 1,
  }),
  ...parts('2020-03-01T00:30:00Z', '-0500', { $month: 2, $dayOfMonth: 29, $hour: 19 }),
  ...parts('2020-03-01T00:30:00Z', '+05:45', { $hour: 6, $minute: 15 }),
  ...parts('2012-02-29T00:00:00Z', undefined, { $dayOfYear: 60, $month: 2 }),
  ...parts('1960-06-15T13:14:15.016Z', undefined, {
    $year: 1960,
    $hour: 13,
    $millisecond: 16,
    $dayOfYear: 167,
  }),
];

const opNames = [...new Set(PART_ROWS.map(([op]) => op))];

const dateParts: Table<ExpressionRow>[] = opNames.map((op) =>
  table(op, op.slice(1), [
    ...PART_ROWS.filter(([name]) => name === op).map(([, row]) => row),
    [{ [op]: null }, null],
    [{ [op]: '$missing' }, null],
    [{ [op]: { date: '$d', timezone: null } }, null, { d: date('2020-01-01T00:00:00Z') }],
    [{ [op]: 'x' }, fails(16006)],
    [
      { [op]: { date: '$d', timezone: 'Mars/Olympus' } },
      fails(40485),
      { d: date('2020-01-01T00:00:00Z') },
    ],
    [{ [op]: { timezone: 'UTC' } }, fails(40539)],
    [{ [op]: { date: '$d', x: 1 } }, fails(40535)],
  ]),
);

const add = (
  op: string,
  d: string,
  unit: string,
  amount: number,
  expected: string,
  timezone?: string,
): ExpressionRow => [
  { [op]: { startDate: '$d', unit, amount, ...(timezone ? { timezone } : {}) } },
  date(expected),
  { d: date(d) },
];

const diff = (
  from: string,
  to: string,
  unit: string,
  expected: number,
  more: Doc = {},
): ExpressionRow => [
  { $dateDiff: { startDate: '$a', endDate: '$b', unit, ...more } },
  L(expected),
  { a: date(from), b: date(to) },
];

const trunc = (d: string, unit: string, expected: string, more: Doc = {}): ExpressionRow => [
  { $dateTrunc: { date: '$d', unit, ...more } },
  date(expected),
  { d: date(d) },
];

const print = (
  format: string,
  expected: string,
  timezone?: string,
  d = '2017-01-04T15:08:51.911Z',
): ExpressionRow => [
  { $dateToString: { date: '$d', format, ...(timezone ? { timezone } : {}) } },
  expected,
  { d: date(d) },
];

const parse = (dateString: string, expected: Expected, more: Doc = {}): ExpressionRow => [
  { $dateFromString: { dateString, ...more } },
  expected,
];

const NOON = '2021-03-20T11:30:05Z';

export const times: Table<ExpressionRow>[] = [
  ...dateParts,
  table('dates of other types', 'year', [
    [{ $year: '$d' }, 2018, { d: oid('5ab9c3da31c2ab715d421285') }],
    [{ $year: '$d' }, 2021, { d: ts(1637688118, 1) }],
  ]),
  table('$dateAdd', 'dateAdd', [
    add('$dateAdd', '2020-10-31T00:00:00Z', 'month', 1, '2020-11-30T00:00:00Z'),
    add('$dateAdd', '2020-12-31T12:10:05Z', 'month', 2, '2021-02-28T12:10:05Z'),
    add('$dateAdd', '2020-01-31T00:00:00Z', 'month', 1, '2020-02-29T00:00:00Z'),
    add('$dateAdd', '2020-02-29T00:00:00Z', 'year', 1, '2021-02-28T00:00:00Z'),
    add('$dateAdd', '2020-08-31T00:00:00Z', 'quarter', 1, '2020-11-30T00:00:00Z'),
    add('$dateAdd', '2020-12-31T00:00:00Z', 'week', 1, '2021-01-07T00:00:00Z'),
    add('$dateAdd', '2020-11-30T12:10:05Z', 'day', 3, '2020-12-03T12:10:05Z'),
    add('$dateAdd', '2020-11-30T12:10:05Z', 'hour', 3, '2020-11-30T15:10:05Z'),
    add('$dateAdd', '2020-11-30T12:10:05Z', 'minute', 60, '2020-11-30T13:10:05Z'),
    add('$dateAdd', '2020-11-30T12:10:05Z', 'second', -5, '2020-11-30T12:10:00Z'),
    add('$dateAdd', '2020-11-30T12:10:05Z', 'millisecond', 1, '2020-11-30T12:10:05.001Z'),
    add('$dateAdd', '2020-11-30T12:10:05Z', 'month', -12, '2019-11-30T12:10:05Z'),
    // A local day is 23 hours long when the clocks go forward (America/New_York, 14 March 2021).
    add('$dateAdd', '2021-03-13T15:00:00Z', 'day', 1, '2021-03-14T14:00:00Z', 'America/New_York'),
    add('$dateAdd', '2021-03-13T15:00:00Z', 'hour', 24, '2021-03-14T15:00:00Z', 'America/New_York'),
    add('$dateAdd', '2021-10-30T10:00:00Z', 'day', 1, '2021-10-31T11:00:00Z', 'Europe/Berlin'),
    [
      { $dateAdd: { startDate: '$d', unit: 'year', amount: 9999999 } },
      fails(5166406),
      { d: date(NOON) },
    ],
    [{ $dateAdd: { startDate: null, unit: 'day', amount: 1 } }, null],
    [{ $dateAdd: { startDate: '$d', unit: 'day', amount: null } }, null, { d: date(NOON) }],
    [
      { $dateAdd: { startDate: '$d', unit: 'day', amount: 1.5 } },
      fails(5166405),
      { d: date(NOON) },
    ],
    [{ $dateAdd: { startDate: 'x', unit: 'day', amount: 1 } }, fails(5166403)],
    [{ $dateAdd: { startDate: '$d', unit: 'fortnight', amount: 1 } }, fails(9), { d: date(NOON) }],
    [{ $dateAdd: { startDate: '$d', unit: 'day' } }, fails(5166402), { d: date(NOON) }],
    [
      { $dateAdd: { startDate: '$d', unit: 'day', amount: 1, x: 1 } },
      fails(5166401),
      { d: date(NOON) },
    ],
    [{ $dateAdd: 1 }, fails(5166400)],
  ]),
  table('$dateSubtract', 'dateSubtract', [
    add('$dateSubtract', '2021-03-31T00:00:00Z', 'month', 1, '2021-02-28T00:00:00Z'),
    add('$dateSubtract', '2020-12-31T12:10:05Z', 'day', 3, '2020-12-28T12:10:05Z'),
    add(
      '$dateSubtract',
      '2021-03-14T14:00:00Z',
      'day',
      1,
      '2021-03-13T15:00:00Z',
      'America/New_York',
    ),
    add('$dateSubtract', '2020-12-31T12:10:05Z', 'hour', 2, '2020-12-31T10:10:05Z'),
    [{ $dateSubtract: { startDate: '$d', unit: null, amount: 1 } }, null, { d: date(NOON) }],
  ]),
  table('$dateDiff', 'dateDiff', [
    diff('2020-12-31T00:00:00Z', '2021-01-01T00:00:00Z', 'year', 1),
    diff('2020-01-01T00:00:00Z', '2020-12-31T23:59:59Z', 'year', 0),
    diff('2020-11-01T00:00:00Z', '2021-02-01T00:00:00Z', 'quarter', 1),
    diff('2021-01-31T00:00:00Z', '2021-02-01T00:00:00Z', 'month', 1),
    diff('2021-02-01T00:00:00Z', '2021-01-31T00:00:00Z', 'month', -1),
    diff('2021-01-01T23:59:00Z', '2021-01-02T00:01:00Z', 'day', 1),
    diff('2021-01-01T00:00:00Z', '2021-01-01T23:59:00Z', 'day', 0),
    // 30 December 2020 was a Wednesday, 3 January 2021 a Sunday.
    diff('2020-12-30T00:00:00Z', '2021-01-03T00:00:00Z', 'week', 1),
    diff('2020-12-30T00:00:00Z', '2021-01-03T00:00:00Z', 'week', 0, { startOfWeek: 'Monday' }),
    diff('2020-12-30T00:00:00Z', '2021-01-04T00:00:00Z', 'week', 1, { startOfWeek: 'mon' }),
    diff('2021-01-01T00:59:00Z', '2021-01-01T01:00:00Z', 'hour', 1),
    diff('2021-01-01T00:00:59Z', '2021-01-01T00:01:00Z', 'minute', 1),
    diff('2021-01-01T00:00:00.999Z', '2021-01-01T00:00:01Z', 'second', 1),
    diff('2021-01-01T00:00:00Z', '2021-01-01T00:00:01Z', 'millisecond', 1000),
    diff('2021-01-01T22:00:00Z', '2021-01-02T02:00:00Z', 'day', 0, {
      timezone: 'America/New_York',
    }),
    diff('2021-01-01T04:00:00Z', '2021-01-01T06:00:00Z', 'day', 1, {
      timezone: 'America/New_York',
    }),
    diff('2021-03-14T06:00:00Z', '2021-03-14T08:00:00Z', 'hour', 2, {
      timezone: 'America/New_York',
    }),
    diff('2021-01-01T00:15:00Z', '2021-01-01T00:45:00Z', 'hour', 1, { timezone: '+05:30' }),
    [{ $dateDiff: { startDate: null, endDate: '$d', unit: 'day' } }, null, { d: date(NOON) }],
    [
      { $dateDiff: { startDate: '$d', endDate: 'x', unit: 'day' } },
      fails(16006),
      { d: date(NOON) },
    ],
    [{ $dateDiff: { startDate: '$d', endDate: '$d', unit: 'x' } }, fails(9), { d: date(NOON) }],
    [
      { $dateDiff: { startDate: '$d', endDate: '$d', unit: 'week', startOfWeek: 'x' } },
      fails(9),
      { d: date(NOON) },
    ],
    [{ $dateDiff: { startDate: '$d', endDate: '$d' } }, fails(5166303), { d: date(NOON) }],
    [{ $dateDiff: 1 }, fails(5166301)],
  ]),
  table('$dateTrunc', 'dateTrunc', [
    trunc(NOON, 'year', '2021-01-01T00:00:00Z'),
    trunc(NOON, 'quarter', '2021-01-01T00:00:00Z'),
    trunc(NOON, 'month', '2021-03-01T00:00:00Z'),
    trunc(NOON, 'day', '2021-03-20T00:00:00Z'),
    trunc(NOON, 'hour', '2021-03-20T11:00:00Z'),
    trunc(NOON, 'minute', '2021-03-20T11:30:00Z'),
    trunc('2021-03-20T11:30:05.500Z', 'second', '2021-03-20T11:30:05Z'),
    trunc(NOON, 'hour', '2021-03-20T10:00:00Z', { binSize: 2 }),
    trunc(NOON, 'week', '2021-03-14T00:00:00Z'),
    trunc(NOON, 'week', '2021-03-15T00:00:00Z', { startOfWeek: 'Monday' }),
    trunc(NOON, 'week', '2021-03-15T07:00:00Z', {
      binSize: 2,
      timezone: 'America/Los_Angeles',
      startOfWeek: 'Monday',
    }),
    trunc(NOON, 'year', '2020-01-01T00:00:00Z', { binSize: 5 }),
    trunc(NOON, 'month', '2021-01-01T00:00:00Z', { binSize: 3 }),
    trunc('2000-01-08T00:00:00Z', 'day', '2000-01-08T00:00:00Z', { binSize: 7 }),
    trunc('2000-01-07T23:00:00Z', 'day', '2000-01-01T00:00:00Z', { binSize: 7 }),
    trunc('1999-12-31T00:00:00Z', 'day', '1999-12-30T00:00:00Z', { binSize: 2 }),
    // In New York it is still the evening of the 19th.
    trunc('2021-03-20T02:00:00Z', 'day', '2021-03-19T04:00:00Z', { timezone: 'America/New_York' }),
    trunc('2021-03-20T02:00:00Z', 'month', '2021-03-01T05:00:00Z', {
      timezone: 'America/New_York',
    }),
    trunc('2021-06-15T00:00:00Z', 'year', '2021-01-01T05:00:00Z', { timezone: 'America/New_York' }),
    trunc('2021-03-20T02:20:00Z', 'hour', '2021-03-20T01:30:00Z', { timezone: '+05:30' }),
    // Hours are counted from midnight of 1 January 2000, whatever the clocks did since.
    trunc('2021-07-01T08:30:00Z', 'hour', '2021-07-01T05:00:00Z', {
      binSize: 6,
      timezone: 'Europe/Berlin',
    }),
    trunc('2021-10-31T01:30:00Z', 'day', '2021-10-30T22:00:00Z', { timezone: 'Europe/Berlin' }),
    [{ $dateTrunc: { date: null, unit: 'day' } }, null],
    [{ $dateTrunc: { date: '$d', unit: 'day', binSize: null } }, null, { d: date(NOON) }],
    [{ $dateTrunc: { date: 'x', unit: 'day' } }, fails(16006)],
    [{ $dateTrunc: { date: '$d', unit: 'x' } }, fails(9), { d: date(NOON) }],
    [{ $dateTrunc: { date: '$d', unit: 5 } }, fails(5439013), { d: date(NOON) }],
    [{ $dateTrunc: { date: '$d', unit: 'day', binSize: 0 } }, fails(5439018), { d: date(NOON) }],
    [{ $dateTrunc: { date: '$d', unit: 'day', binSize: 'x' } }, fails(5439017), { d: date(NOON) }],
    [{ $dateTrunc: { date: '$d' } }, fails(5439009), { d: date(NOON) }],
    [{ $dateTrunc: { date: '$d', unit: 'day', x: 1 } }, fails(5439008), { d: date(NOON) }],
    [{ $dateTrunc: 5 }, fails(5439007)],
  ]),
  table('$dateToString', 'dateToString', [
    print('%Y-%m-%d', '2017-01-04'),
    print('%H:%M:%S:%L%z', '15:08:51:911+0000'),
    print('%H:%M:%S:%L%z', '10:08:51:911-0500', 'America/New_York'),
    print('%H:%M:%S:%L%z', '15:08:51:911+0000', '+00:00'),
    print('%Z', '-300', 'America/New_York'),
    print('%j %w %u %U %V %G', '004 4 3 01 01 2017'),
    print('%d/%m/%Y %%', '04/01/2017 %'),
    print('%b %B', 'Jan January'),
    print('plain', 'plain'),
    print('%H', '17', 'Europe/Helsinki'),
    [
      { $dateToString: { date: '$d' } },
      '2017-01-04T15:08:51.911Z',
      { d: date('2017-01-04T15:08:51.911Z') },
    ],
    [
      { $dateToString: { date: '$d', timezone: 'Europe/Berlin' } },
      '2017-01-04T16:08:51.911',
      { d: date('2017-01-04T15:08:51.911Z') },
    ],
    [{ $dateToString: { date: null, format: '%Y' } }, null],
    [{ $dateToString: { date: '$missing', format: '%Y', onNull: 'none' } }, 'none'],
    [{ $dateToString: { date: '$d', format: null } }, null, { d: date(NOON) }],
    [{ $dateToString: { date: '$d', format: '%' } }, fails(18535), { d: date(NOON) }],
    [{ $dateToString: { date: '$d', format: '%Q' } }, fails(18536), { d: date(NOON) }],
    [{ $dateToString: { date: '$d', format: 5 } }, fails(18533), { d: date(NOON) }],
    [{ $dateToString: { date: 'x' } }, fails(16006)],
    [{ $dateToString: { format: '%Y' } }, fails(18628)],
    [{ $dateToString: { date: '$d', x: 1 } }, fails(18534), { d: date(NOON) }],
    [{ $dateToString: 5 }, fails(18629)],
  ]),
  table('$dateFromString', 'dateFromString', [
    parse('2017-02-08T12:10:40.787', date('2017-02-08T12:10:40.787Z')),
    parse('2017-02-08T12:10:40.787', date('2017-02-08T17:10:40.787Z'), {
      timezone: 'America/New_York',
    }),
    parse('2017-02-08', date('2017-02-08T00:00:00Z')),
    parse('06-15-2018', date('2018-06-15T00:00:00Z'), { format: '%m-%d-%Y' }),
    parse('15-06-2018', date('2018-06-15T00:00:00Z'), { format: '%d-%m-%Y' }),
    parse('2018-02-08T11:58:51+0200', date('2018-02-08T09:58:51Z')),
    parse('2018-02-08T11:58Z', date('2018-02-08T11:58:00Z')),
    parse('Feb 3 2018', date('2018-02-03T00:00:00Z'), { format: '%b %d %Y' }),
    parse('2018 034', date('2018-02-03T00:00:00Z'), { format: '%Y %j' }),
    parse('2018-W05-6', date('2018-02-03T00:00:00Z'), { format: '%G-W%V-%u' }),
    parse('10:15:30.5 2018-01-02 +0100', date('2018-01-02T09:15:30.005Z'), {
      format: '%H:%M:%S.%L %Y-%m-%d %z',
    }),
    parse('2017-02-08T19:13:43Z', null, { timezone: null }),
    [{ $dateFromString: { dateString: null } }, null],
    [{ $dateFromString: { dateString: null, onNull: 'none' } }, 'none'],
    [{ $dateFromString: { dateString: 'x', onError: 'bad' } }, 'bad'],
    parse('x', fails(241)),
    parse('2018-13-01', fails(241)),
    parse('2018-02-01', fails(241), { format: '%d/%m/%Y' }),
    parse('2018-02-08T11:58:51+0200', fails(241), { timezone: 'Europe/Berlin' }),
    [{ $dateFromString: { dateString: 5 } }, fails(241)],
    [{ $dateFromString: { dateString: '2018', format: 5 } }, fails(40684)],
    [{ $dateFromString: { dateString: '2018', format: '%Q' } }, fails(18536)],
    [{ $dateFromString: {} }, fails(40542)],
    [{ $dateFromString: { dateString: 'x', y: 1 } }, fails(40541)],
    [{ $dateFromString: 5 }, fails(40540)],
  ]),
  table('$dateFromParts', 'dateFromParts', [
    [{ $dateFromParts: { year: 2017, month: 2, day: 8, hour: 12 } }, date('2017-02-08T12:00:00Z')],
    [
      {
        $dateFromParts: {
          year: 2016,
          month: 12,
          day: 31,
          hour: 23,
          minute: 46,
          second: 12,
          timezone: 'America/New_York',
        },
      },
      date('2017-01-01T04:46:12Z'),
    ],
    [
      { $dateFromParts: { isoWeekYear: 2017, isoWeek: 6, isoDayOfWeek: 3, hour: 12 } },
      date('2017-02-08T12:00:00Z'),
    ],
    [{ $dateFromParts: { year: 2017, month: 14, day: 1, hour: 12 } }, date('2018-02-01T12:00:00Z')],
    [{ $dateFromParts: { year: 2017, month: 0, day: 1, hour: 12 } }, date('2016-12-01T12:00:00Z')],
    [{ $dateFromParts: { year: 2017, day: 0 } }, date('2016-12-31T00:00:00Z')],
    [{ $dateFromParts: { year: 2017, minute: -1 } }, date('2016-12-31T23:59:00Z')],
    [{ $dateFromParts: { year: 2017 } }, date('2017-01-01T00:00:00Z')],
    [{ $dateFromParts: { isoWeekYear: 2016 } }, date('2016-01-04T00:00:00Z')],
    [
      {
        $dateFromParts: {
          year: 2021,
          month: 3,
          day: 14,
          hour: 2,
          minute: 30,
          timezone: 'America/New_York',
        },
      },
      date('2021-03-14T07:30:00Z'),
    ],
    [{ $dateFromParts: { year: null } }, null],
    [{ $dateFromParts: { year: 2017, month: '$missing' } }, null],
    [{ $dateFromParts: { year: 0 } }, fails(40523)],
    [{ $dateFromParts: { year: 'x' } }, fails(40515)],
    [{ $dateFromParts: { year: 2017, month: 1.5 } }, fails(40515)],
    [{ $dateFromParts: { year: 2017, month: 99999 } }, fails(31034)],
    [{ $dateFromParts: { month: 1 } }, fails(40516)],
    [{ $dateFromParts: { year: 2017, isoWeek: 1 } }, fails(40489)],
    [{ $dateFromParts: { isoWeekYear: 2017, month: 1 } }, fails(40489)],
    [{ $dateFromParts: { year: 2017, x: 1 } }, fails(40518)],
    [{ $dateFromParts: 5 }, fails(40519)],
  ]),
  table('$dateToParts', 'dateToParts', [
    [
      { $dateToParts: { date: '$d' } },
      { year: 2017, month: 1, day: 1, hour: 1, minute: 29, second: 9, millisecond: 123 },
      { d: date('2017-01-01T01:29:09.123Z') },
    ],
    [
      { $dateToParts: { date: '$d', timezone: 'America/New_York' } },
      { year: 2016, month: 12, day: 31, hour: 20, minute: 29, second: 9, millisecond: 123 },
      { d: date('2017-01-01T01:29:09.123Z') },
    ],
    [
      { $dateToParts: { date: '$d', iso8601: true } },
      {
        isoWeekYear: 2016,
        isoWeek: 52,
        isoDayOfWeek: 7,
        hour: 1,
        minute: 29,
        second: 9,
        millisecond: 123,
      },
      { d: date('2017-01-01T01:29:09.123Z') },
    ],
    [{ $dateToParts: { date: null } }, null],
    [{ $dateToParts: { date: 'x' } }, fails(16006)],
    [{ $dateToParts: { date: '$d', iso8601: 1 } }, fails(40521), { d: date(NOON) }],
    [{ $dateToParts: {} }, fails(40522)],
    [{ $dateToParts: { date: '$d', x: 1 } }, fails(40520), { d: date(NOON) }],
    [{ $dateToParts: 5 }, fails(40524)],
  ]),
];

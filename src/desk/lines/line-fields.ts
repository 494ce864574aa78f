import { z } from 'zod';
import { zoneText } from './time-zone.ts';

const timeText = z
  .string('Give a time as HH:MM.')
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time as HH:MM, from 00:00 to 23:59.');
const endText = z
  .string('Give a time as HH:MM.')
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'Give a time as HH:MM, from 00:00 to 24:00.');
const dayIntervals = z
  .array(z.tuple([timeText, endText], 'Give a start and an end, e.g. ["09:00", "18:00"].'))
  .max(12, 'Give at most 12 intervals a day.');

/** Working hours; an end at or before its start is on the next day. */
export const hoursField = z.strictObject({
  mon: dayIntervals.optional(),
  tue: dayIntervals.optional(),
  wed: dayIntervals.optional(),
  thu: dayIntervals.optional(),
  fri: dayIntervals.optional(),
  sat: dayIntervals.optional(),
  sun: dayIntervals.optional(),
});

/** Whether the calendar has this day. */
export const isDate = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};

const offHoursField = z.strictObject({
  action: z.enum(['queue', 'text'], 'Give queue or text.'),
  text: z.string().trim().max(2000).optional(),
});

const dateText = z
  .string('Give a date as 2026-12-25.')
  .regex(/^\d{4}-\d\d-\d\d$/, 'Give a date as 2026-12-25.')
  .refine(isDate, 'There is no such day.');

const calendarField = z
  .union(
    [
      z.strictObject({
        url: z.url({ protocol: /^https?$/, error: 'Give a web address.' }).max(2000),
      }),
      z.strictObject({ ical: z.string().min(1).max(2_000_000) }),
    ],
    'Give {"url": …} of a feed, {"ical": …} with the text of a file, or null.',
  )
  .nullable();

const minutesField = (most: number) =>
  z
    .int('Give whole minutes.')
    .min(1, 'Give at least one minute, or null.')
    .max(most, `Give at most ${most} minutes.`)
    .nullable();
const WEEKS = 60 * 24 * 28;

const targetsField = z.strictObject({
  firstAnswerMinutes: minutesField(WEEKS).default(null),
  nextAnswerMinutes: minutesField(WEEKS).default(null),
  resolutionMinutes: minutesField(WEEKS).default(null),
  warnPercent: z.int().min(10, 'Give 10 to 99.').max(99, 'Give 10 to 99.').default(80),
});

const flowField = z.strictObject({
  name: z.string().min(1).max(60),
  config: z.record(z.string(), z.unknown()).default({}),
});

const signatureField = z
  .strictObject({
    on: z.boolean(),
    text: z.string().trim().max(500, 'A signature has at most 500 characters.').default(''),
  })
  .refine(({ on, text }) => !on || text !== '', {
    message: 'Give the text of the signature, or turn it off.',
    path: ['text'],
  });

/** Every field of a line that people set. */
const fields = {
  name: z.string('Give the line a name.').trim().min(1, 'Give the line a name.').max(120),
  queue: z.enum(
    ['evenly', 'strictly', 'all', 'least_busy'],
    'Give evenly, strictly, all or least_busy.',
  ),
  members: z.array(z.string().max(64)).max(2000),
  timeZone: zoneText,
  hours: hoursField,
  holidays: z.array(dateText).max(1000),
  exceptions: z
    .record(dateText, dayIntervals)
    .refine((days) => Object.keys(days).length <= 1000, 'Give at most 1,000 days.'),
  calendar: calendarField,
  flows: z.array(flowField).max(20, 'Give at most 20 flows.'),
  targets: targetsField,
  autoCloseMinutes: minutesField(WEEKS),
  signature: signatureField,
  offHours: offHoursField.refine(({ action, text }) => action !== 'text' || Boolean(text), {
    message: 'Give the text to send out of hours.',
    path: ['text'],
  }),
  offerSeconds: z
    .int('Give whole seconds.')
    .min(30, 'Give at least 30 seconds.')
    .max(43_200, 'Give at most 43,200 seconds, which is 12 hours.'),
  maxTalksPerOperator: z
    .int()
    .min(1, 'Give at least 1, or null for no limit.')
    .max(1000)
    .nullable(),
  autoLead: z.boolean(),
  priority: z.int().min(-100).max(100),
  assign: z.enum(['direct', 'offer'], 'Give direct or offer.'),
  counts: z.enum(['all', 'awaiting'], 'Give all or awaiting.'),
  sticky: z.enum(['none', 'last', 'owner'], 'Give none, last or owner.'),
  ownerFollows: z.boolean('Give true or false.'),
};

/** A new line: name, queue and members; the rest has defaults. */
export const newLine = z.strictObject({
  ...fields,
  queue: fields.queue.default('evenly'),
  members: fields.members.default([]),
  timeZone: fields.timeZone.optional(),
  hours: fields.hours.default({}),
  holidays: fields.holidays.default([]),
  exceptions: fields.exceptions.default({}),
  calendar: fields.calendar.default(null),
  flows: fields.flows.default([]),
  targets: fields.targets.optional(),
  autoCloseMinutes: fields.autoCloseMinutes.default(null),
  signature: fields.signature.default({ on: false, text: '' }),
  offHours: fields.offHours.default({ action: 'queue' }),
  offerSeconds: fields.offerSeconds.default(120),
  maxTalksPerOperator: fields.maxTalksPerOperator.default(null),
  autoLead: fields.autoLead.default(true),
  priority: fields.priority.default(0),
  // Given at once: nobody has to press a button before a customer is answered, and who does not answer loses the talk.
  assign: fields.assign.default('direct'),
  counts: fields.counts.default('all'),
  sticky: fields.sticky.default('none'),
  ownerFollows: fields.ownerFollows.default(false),
});

/** What can be changed; what is left out stays. */
export const lineChange = z.strictObject(fields).partial();

import type { z } from 'zod';
import type { HoursView, LineView, WeekDay } from '../../contract/wire.ts';
import type { hoursField } from './line-fields.ts';

/** Hours without the days that have none. */
export function tidyHours(hours: z.output<typeof hoursField>): HoursView {
  const tidy: HoursView = {};
  for (const [day, intervals] of Object.entries(hours))
    if (intervals && intervals.length > 0) tidy[day as WeekDay] = intervals;
  return tidy;
}

/** What happens out of hours, without a text that is not there. */
export function tidyOffHours(offHours: {
  action: 'queue' | 'text';
  text?: string | undefined;
}): LineView['offHours'] {
  return offHours.text
    ? { action: offHours.action, text: offHours.text }
    : { action: offHours.action };
}

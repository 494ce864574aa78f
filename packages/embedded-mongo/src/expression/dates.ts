import { Long } from 'bson';
import { dayOfWeek, dayOfYear, isoDayOfWeek, isoWeek, partsOf, weekOfYear } from './calendar.ts';
import { $dateFromParts, $dateToParts } from './dateParts.ts';
import { $dateDiff, $dateTrunc, shift } from './dateSums.ts';
import { $dateFromString, $dateToString } from './dateTexts.ts';
import { part } from './moments.ts';
import type { Operator } from './types.ts';

/** Dates. */
export const DATES: Readonly<Record<string, Operator>> = {
  $year: part((t, z) => partsOf(t, z).year),
  $month: part((t, z) => partsOf(t, z).month),
  $dayOfMonth: part((t, z) => partsOf(t, z).day),
  $hour: part((t, z) => partsOf(t, z).hour),
  $minute: part((t, z) => partsOf(t, z).minute),
  $second: part((t, z) => partsOf(t, z).second),
  $millisecond: part((t, z) => partsOf(t, z).millisecond),
  $dayOfYear: part(dayOfYear),
  $dayOfWeek: part(dayOfWeek),
  $isoDayOfWeek: part(isoDayOfWeek),
  $week: part(weekOfYear),
  $isoWeek: part((t, z) => isoWeek(t, z).week),
  $isoWeekYear: part((t, z) => Long.fromNumber(isoWeek(t, z).year)),
  $dateAdd: shift(1),
  $dateSubtract: shift(-1),
  $dateDiff,
  $dateTrunc,
  $dateToString,
  $dateFromString,
  $dateFromParts,
  $dateToParts,
};

import { z } from 'zod';

/** Whether the name is an IANA time zone that this machine knows. Offsets such as `+02:00` are not: they have no summer. */
export function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A time zone by its IANA name. */
export const zoneText = z
  .string('Give a time zone by its name, e.g. Europe/Berlin.')
  .refine(isTimeZone, 'Give a time zone by its name, e.g. Europe/Berlin.');

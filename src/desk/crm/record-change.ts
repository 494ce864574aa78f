import type { Actor } from '../../domain/events/events.ts';
import type { NewEntry } from '../../domain/crm/records.ts';
import type { Desk } from '../desk.ts';

/** How people read a field: its label, and its value if that says anything to them (ids do not). */
export interface FieldWords<V> {
  label: string;
  show?(value: V): string;
}
/** The words of every field that can change. */
export type Words<T> = { [K in keyof T]?: FieldWords<T[K]> };

/** What differs between a record and its change; null: nothing does. */
export interface Difference<T> {
  what: string;
  before: Partial<T>;
  after: Partial<T>;
}

/**
 * Compares the changed fields with the record and says the difference in a sentence, e.g.
 * `Status: new → in work.`
 */
export function differenceOf<T extends object>(
  record: T,
  change: Partial<T>,
  words: Words<T>,
): Difference<T> | null {
  const sentences: string[] = [];
  const before: Partial<T> = {};
  const after: Partial<T> = {};
  for (const key of Object.keys(words) as (keyof T & string)[]) {
    const now = change[key];
    if (now === undefined || JSON.stringify(now) === JSON.stringify(record[key])) continue;
    before[key] = record[key];
    after[key] = now;
    sentences.push(sentenceOf(record[key], now, words[key]));
  }
  return sentences.length === 0 ? null : { what: `${sentences.join('; ')}.`, before, after };
}

function sentenceOf<V>(before: V, after: V, words: FieldWords<V> | undefined): string {
  const label = words?.label ?? '';
  if (!words?.show) return `${label} changed`;
  return `${label}: ${words.show(before) || 'none'} → ${words.show(after) || 'none'}`;
}

/** What happened to a record, for its timeline: who, what, before, after, why. Written together with the change itself. */
export function entryOf(
  desk: Pick<Desk, 'clock'>,
  subject: NewEntry['subject'],
  who: Actor,
  difference: { what: string; before: object | null; after: object },
  why: string | null,
): NewEntry {
  const { what, before, after } = difference;
  return {
    at: desk.clock.now(),
    subject,
    who,
    what,
    before: before && { ...before },
    after: { ...after },
    why,
  };
}

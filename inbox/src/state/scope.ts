import { signal } from '@preact/signals';
import type { Scope } from '../api/scope.ts';

/** Everybody's. */
export const EVERYBODY: Scope = {};

/** What the list of talks was limited to, while the page is open. */
export const talkScope = signal<Scope>(EVERYBODY);

/** As the value of a choice on the screen. */
export const scopeValue = ({ lineId, departmentId, ownerId }: Scope): string =>
  lineId
    ? `line ${lineId}`
    : departmentId
      ? `department ${departmentId}`
      : ownerId
        ? `owner ${ownerId}`
        : '';

/** Back from that value. */
export function scopeOf(value: string): Scope {
  const [by, id] = value.split(' ');
  if (!id) return EVERYBODY;
  if (by === 'line') return { lineId: id };
  return by === 'department' ? { departmentId: id } : { ownerId: id };
}

import type { StaffEvents } from '../../../src/contract/wire.ts';

/** A contact, lead or deal that was made or changed. */
export type RecordChange = Parameters<StaffEvents['crm']>[0]['changes'][number];
export type RecordKind = RecordChange['kind'];
/** Hears of records of the CRM that were made or changed, here or elsewhere. */
type Listener = (changes: readonly RecordChange[]) => void;

const listeners = new Set<Listener>();

/** Listens until the returned function is called. */
export function onRecords(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Tells the lists and panels on the screen. */
export function recordsChanged(changes: readonly RecordChange[]): void {
  for (const listener of listeners) listener(changes);
}

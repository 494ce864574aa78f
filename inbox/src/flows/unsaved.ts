import { signal } from '@preact/signals';
import type { FlowScript } from '../../../src/contract/composed.ts';

/** What was changed in a flow and not saved. */
export interface Unsaved {
  name: string;
  draft: FlowScript;
  /** The draft that was changed. */
  rev: number;
}

/** Changes that wait in this window, by the flow's id: leaving a flow loses none of them. */
export const unsaved = signal<ReadonlyMap<string, Unsaved>>(new Map());

/** Keeps the changes of a flow; null: there are none any more. */
export function keepUnsaved(id: string, changes: Unsaved | null): void {
  if (!changes && !unsaved.value.has(id)) return;
  const next = new Map(unsaved.value);
  if (changes) next.set(id, changes);
  else next.delete(id);
  unsaved.value = next;
}

addEventListener('beforeunload', (event) => {
  if (unsaved.value.size > 0) event.preventDefault();
});

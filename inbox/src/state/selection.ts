import { computed, signal } from '@preact/signals';
import type { ConversationView } from '../../../src/contract/wire.ts';
import { talkSignal } from './talks.ts';

/** Ids of talks chosen in the list, to act on them together. */
export const selection = signal<ReadonlySet<string>>(new Set());
/** The chosen talks as they are now. */
export const selectedTalks = computed<readonly ConversationView[]>(() =>
  [...selection.value].flatMap((id) => talkSignal(id).value ?? []),
);

/** Chooses a talk, or no longer. */
export function toggleSelected(id: string): void {
  const next = new Set(selection.value);
  if (!next.delete(id)) next.add(id);
  selection.value = next;
}
/** Chooses all of these. */
export function selectAll(ids: readonly string[]): void {
  selection.value = new Set(ids);
}
/** Chooses none. */
export function clearSelection(): void {
  if (selection.value.size > 0) selection.value = new Set();
}

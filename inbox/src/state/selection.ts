import { computed, signal } from '@preact/signals';
import type { ConversationView } from '../../../src/contract/wire.ts';
import { talkSignal } from './talks.ts';

/** Ids of talks chosen in the list, to act on them together. */
export const selection = signal<ReadonlySet<string>>(new Set());
/** Whether a touch of a row chooses it: without a mouse there is nothing to point at a row's box with. */
export const choosing = signal(false);
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
/** Begins to choose by touch, or ends it with nothing chosen. */
export function setChoosing(on: boolean): void {
  if (on) choosing.value = true;
  else clearSelection();
}
/** Chooses none. */
export function clearSelection(): void {
  if (selection.value.size > 0) selection.value = new Set();
  choosing.value = false;
}

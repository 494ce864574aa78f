import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { keep, kept, keptKeys } from './keep.ts';

/** What stands unsent in a talk's composer. */
export interface Draft {
  text: string;
  mode: 'reply' | 'note';
  replyTo: { id: string; author: string; text: string } | null;
  /** Labels of buttons under the answer. */
  buttons?: string[];
}
export const EMPTY_DRAFT: Draft = { text: '', mode: 'reply', replyTo: null, buttons: [] };

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  typeof value.text === 'string' &&
  'mode' in value;

const drafts = new Map<string, Signal<Draft>>();

/** The draft of a talk; survives reloads of the page. */
export function draftOf(conversationId: string): Signal<Draft> {
  const held = drafts.get(conversationId);
  if (held) return held;
  const fresh = signal<Draft>(kept(`draft.${conversationId}`, isDraft) ?? EMPTY_DRAFT);
  drafts.set(conversationId, fresh);
  return fresh;
}

/** Talks with an unsent text: shown in the list. */
export const drafting = signal<ReadonlySet<string>>(
  new Set(
    keptKeys('draft.').filter((id) => (kept(`draft.${id}`, isDraft)?.text ?? '').trim() !== ''),
  ),
);

/** Changes a draft and keeps it. */
export function writeDraft(conversationId: string, change: Partial<Draft>): void {
  const draft = { ...draftOf(conversationId).value, ...change };
  draftOf(conversationId).value = draft;
  const empty = draft.text.trim() === '' && !draft.replyTo;
  keep(`draft.${conversationId}`, empty && draft.mode === 'reply' ? null : draft);
  const has = drafting.value.has(conversationId);
  if (has === (draft.text.trim() !== '')) return;
  const next = new Set(drafting.value);
  if (has) next.delete(conversationId);
  else next.add(conversationId);
  drafting.value = next;
}

import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { DraftView } from '../../../src/contract/wire.ts';
import { listDrafts, saveDraft } from '../api/answers.ts';
import { keep, kept, keptKeys } from './keep.ts';
import { me } from './session.ts';

/** What stands unsent in a talk's composer. */
export interface Draft {
  text: string;
  mode: 'reply' | 'note';
  replyTo: { id: string; author: string; text: string } | null;
  /** Labels of buttons under the answer. */
  buttons?: string[];
  /** What of it the server has; another text, or another mode, is still to be saved there. */
  saved?: string;
  /** Whose it is: several people may share a browser. */
  by?: string;
}
export const EMPTY_DRAFT: Draft = { text: '', mode: 'reply', replyTo: null, buttons: [] };

/** Whoever writes is not disturbed by saving. */
const SAVE_MS = 1_500;

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  typeof value.text === 'string' &&
  'mode' in value;

const drafts = new Map<string, Signal<Draft>>();

const keptDraft = (id: string): Draft | null => {
  const draft = kept(`draft.${id}`, isDraft);
  return draft && (draft.by ?? me.peek()?.id) === me.peek()?.id ? draft : null;
};

/** The draft of a talk; survives reloads of the page, and is there on the writer's other devices. */
export function draftOf(conversationId: string): Signal<Draft> {
  const held = drafts.get(conversationId);
  if (held) return held;
  const fresh = signal<Draft>(keptDraft(conversationId) ?? EMPTY_DRAFT);
  drafts.set(conversationId, fresh);
  return fresh;
}

/** Talks with an unsent text: shown in the list. */
export const drafting = signal<ReadonlySet<string>>(new Set());

/** Changes a draft and keeps it, here at once, on the server in a moment. */
export function writeDraft(conversationId: string, change: Partial<Draft>): void {
  hold(conversationId, change);
  if (change.text !== undefined || change.mode !== undefined) saveSoon(conversationId);
}

function hold(conversationId: string, change: Partial<Draft>): void {
  const by = me.peek()?.id;
  const draft = { ...draftOf(conversationId).peek(), ...change, ...(by ? { by } : {}) };
  draftOf(conversationId).value = draft;
  const empty = draft.text.trim() === '' && !draft.replyTo && (draft.saved ?? '') === '';
  keep(`draft.${conversationId}`, empty && draft.mode === 'reply' ? null : draft);
  const has = drafting.value.has(conversationId);
  if (has === (draft.text.trim() !== '')) return;
  const next = new Set(drafting.value);
  if (has) next.delete(conversationId);
  else next.add(conversationId);
  drafting.value = next;
}

const due = new Map<string, ReturnType<typeof setTimeout>>();

function saveSoon(conversationId: string): void {
  clearTimeout(due.get(conversationId));
  due.set(
    conversationId,
    setTimeout(() => void save(conversationId), SAVE_MS),
  );
}

/** What a draft says, in one text: a note must not become an answer on the way to another device. */
const keyOf = ({ text, mode }: Pick<Draft, 'text' | 'mode'>): string =>
  text.trim() === '' ? '' : `${mode} ${text}`;
const isSaved = (draft: Draft): boolean => keyOf(draft) === (draft.saved ?? '');

async function save(conversationId: string): Promise<void> {
  due.delete(conversationId);
  const draft = draftOf(conversationId).peek();
  const { text, mode } = draft;
  // A command is nobody else's business.
  if (isSaved(draft) || text.startsWith('/')) return;
  try {
    await saveDraft(conversationId, {
      text: text.trim() === '' ? '' : text,
      note: mode === 'note',
    });
    hold(conversationId, { saved: keyOf(draft) });
    if (!isSaved(draftOf(conversationId).peek())) saveSoon(conversationId);
  } catch {
    // It stands in this browser, and is saved when the link is back.
  }
}

/** Takes in what was written on another device, unless something newer stands here. */
export function takeDraft({ conversationId, text, note }: DraftView): void {
  const here = draftOf(conversationId).peek();
  const there = { text, mode: note ? 'note' : 'reply' } as const;
  if (keyOf(here) === keyOf(there)) hold(conversationId, { saved: keyOf(there) });
  else if (isSaved(here)) hold(conversationId, { ...there, saved: keyOf(there) });
}

/** After the link was away: what was written elsewhere is taken in, what was written here is saved. */
export async function recoverDrafts(): Promise<void> {
  const here = keptKeys('draft.').filter((id) => keptDraft(id) !== null);
  drafting.value = new Set(here.filter((id) => draftOf(id).peek().text.trim() !== ''));
  const there = await listDrafts().catch(() => null);
  if (!there) return;
  const known = new Set(there.items.map(({ conversationId }) => conversationId));
  for (const draft of there.items) takeDraft(draft);
  for (const id of here) {
    const draft = draftOf(id).peek();
    // Sent, or taken back, on another device.
    if (!known.has(id) && keyOf(draft) !== '' && isSaved(draft)) hold(id, { text: '', saved: '' });
    else if (!isSaved(draft)) saveSoon(id);
  }
}

/** Another person may sign in. */
export function forgetDrafts(): void {
  for (const timer of due.values()) clearTimeout(timer);
  due.clear();
  drafts.clear();
  drafting.value = new Set();
}

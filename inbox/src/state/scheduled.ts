import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { MessageView } from '../../../src/contract/wire.ts';
import { listScheduled } from '../api/answers.ts';
import { asApiError } from '../api/http.ts';
import { tell } from './toasts.ts';

const held = new Map<string, Signal<readonly MessageView[]>>();
const timers = new Map<string, number>();
/** Browsers' timers end at about 24 days. */
const LONGEST_MS = 86_400_000;

/** Answers of a talk that are still to be sent, and those that could not be. */
export function scheduledOf(conversationId: string): Signal<readonly MessageView[]> {
  const known = held.get(conversationId);
  if (known) return known;
  const fresh = signal<readonly MessageView[]>([]);
  held.set(conversationId, fresh);
  return fresh;
}

/** Fetches them, and again when the next one is due. */
export async function loadScheduled(conversationId: string): Promise<void> {
  clearTimeout(timers.get(conversationId));
  try {
    const { items } = await listScheduled(conversationId);
    scheduledOf(conversationId).value = items;
    const next = items.find(({ delivery }) => delivery?.state === 'queued')?.sendAt;
    if (!next) return;
    const wait = Math.min(Math.max(Date.parse(next) - Date.now(), 0) + 2_000, LONGEST_MS);
    timers.set(
      conversationId,
      window.setTimeout(() => void loadScheduled(conversationId), wait),
    );
  } catch (error) {
    const { code, message, hint } = asApiError(error);
    if (code !== 'offline' && code !== 'not_found') tell('bad', message, hint);
  }
}

/** The talk is no longer on the screen. */
export function leaveScheduled(conversationId: string): void {
  clearTimeout(timers.get(conversationId));
  timers.delete(conversationId);
}

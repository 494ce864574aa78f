import { computed, signal } from '@preact/signals';
import type { MessageView } from '../../../src/contract/wire.ts';
import { listDeliveries } from '../api/operations.ts';
import { can } from './session.ts';

/** Answers that did not arrive, or perhaps did not: message id → talk id. */
const troubled = signal<ReadonlyMap<string, string>>(new Map());

/** How many there are, as far as one page tells. */
export const troubleCount = computed(() => troubled.value.size);
/** Talks that have one: marked in the list. */
export const troubledTalks = computed(() => new Set(troubled.value.values()));

/** Asks the server anew. Without an answer the last one stays. */
export async function countTroubles(): Promise<void> {
  if (!can('delivery.read')) return;
  const page = await listDeliveries('failed|uncertain', null).catch(() => null);
  if (page)
    troubled.value = new Map(page.items.map(({ id, conversationId }) => [id, conversationId]));
}

/** Takes in what a message's newer view says. */
export function noteTrouble({ id, conversationId, delivery }: MessageView): void {
  const bad = delivery?.state === 'failed' || delivery?.state === 'uncertain';
  if (bad === troubled.value.has(id)) return;
  const next = new Map(troubled.value);
  if (bad) next.set(id, conversationId);
  else next.delete(id);
  troubled.value = next;
}

import { DELIVERY_RANK, UNFINISHED } from '../../domain/conversations/message.ts';
import type { Message } from '../../domain/conversations/message.ts';
import type { DeliveryState } from '../../contract/wire.ts';
import { shape } from './documents.ts';
import type { Doc } from './documents.ts';

/** Messages: `pending` marks unfinished deliveries, `changed` those that changed after they were appended. */
export const messageShape = shape<Message>({
  refs: ['conversationId', 'accountId', 'sessionId', 'mentions'],
  inner: ['pending', 'changed'],
});

/** The fields that every later change writes, so that readers who hold the message learn of it. */
export function changedAt(at: Date): Doc {
  return { changedAt: at, changed: true };
}

/** `$set` and `$unset` that bring a delivery into `state`, with the marker that the outbox indexes hang on. */
export function enterState(
  state: DeliveryState,
  at: Date,
  fields: Doc,
): { $set: Doc; $unset?: Doc } {
  const unfinished = UNFINISHED.includes(state);
  const $set = {
    'delivery.state': state,
    ...fields,
    ...changedAt(at),
    ...(unfinished ? { pending: true } : {}),
  };
  return unfinished ? { $set } : { $set, $unset: { pending: '' } };
}

/** The journal of a delivery keeps the last 20. */
export function logged(at: Date, status: string, detail: string): Doc {
  return { 'delivery.log': { $each: [{ at, status, detail }], $slice: -20 } };
}

/** States that a receipt of this rank may still raise. */
export function statesBelow(state: DeliveryState): DeliveryState[] {
  const rank = DELIVERY_RANK[state];
  return (Object.keys(DELIVERY_RANK) as DeliveryState[]).filter((one) => DELIVERY_RANK[one] < rank);
}

import type { MessageView } from '../../../src/contract/wire.ts';

/** Messages of one talk as the client holds them: ascending by seq, without a hole. */
export interface Held {
  items: readonly MessageView[];
  /** Server time of the newest view per message id: an older view never replaces a newer one. */
  seenAt: ReadonlyMap<string, string>;
}

export const NOTHING_HELD: Held = { items: [], seenAt: new Map() };

/**
 * Takes in views in any order. What would leave a hole after the last held message is not taken; `gap` then says so
 * and the caller asks for the messages after the last held one.
 * @param at server time of the incoming views; empty when unknown: then they replace
 */
export function mergeMessages(
  held: Held,
  incoming: readonly MessageView[],
  at: string,
): { held: Held; gap: boolean } {
  if (incoming.length === 0) return { held, gap: false };
  const items = [...held.items];
  const seenAt = new Map(held.seenAt);
  let gap = false;
  for (const message of [...incoming].sort((one, other) => one.seq - other.seq)) {
    const first = items[0]?.seq ?? message.seq;
    const last = items.at(-1)?.seq ?? message.seq - 1;
    if (message.seq === last + 1) items.push(message);
    else if (message.seq > last) {
      gap = true;
      continue;
    } else if (message.seq >= first) {
      const known = seenAt.get(message.id);
      if (known && at && known > at) continue;
      items[message.seq - first] = message;
    } else continue;
    if (at) seenAt.set(message.id, at);
  }
  return { held: { items, seenAt }, gap };
}

/** Puts a page of older messages before the held ones. Pages that do not join are refused by returning `held`. */
export function prependOlder(held: Held, page: readonly MessageView[]): Held {
  const first = held.items[0]?.seq;
  const older = [...page]
    .sort((one, other) => one.seq - other.seq)
    .filter((message) => first === undefined || message.seq < first);
  const last = older.at(-1);
  if (!last || (first !== undefined && last.seq !== first - 1)) return held;
  return { ...held, items: [...older, ...held.items] };
}

/** Messages newer than `seq` that a colleague or the customer wrote. */
export function lastSeq(held: Held): number {
  return held.items.at(-1)?.seq ?? 0;
}

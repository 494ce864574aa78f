import type { MessageView, Page } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { messageViews } from '../views/message.ts';
import { readableTalk } from './access.ts';

/** Which messages: after a seq going up, or before a seq (default: the newest) going down. `limit` 1 to 200. */
export interface MessageRange {
  afterSeq?: number | undefined;
  beforeSeq?: number | undefined;
  limit: number;
}

/** Messages in seq order. `nextCursor` is the next `afterSeq` (going up) or `beforeSeq` (going down). */
export async function readMessages(
  desk: Desk,
  who: Principal,
  id: string,
  { afterSeq, beforeSeq, limit }: MessageRange,
): Promise<Page<MessageView>> {
  await readableTalk(desk, who, id);
  const { messages } = desk.stores;
  if (afterSeq !== undefined) {
    const items = await messages.after(id, afterSeq, limit);
    const last = items.at(-1);
    return {
      items: await messageViews(desk, items),
      nextCursor: last && items.length === limit ? String(last.seq) : null,
    };
  }
  const items = await messages.before(id, beforeSeq ?? Number.POSITIVE_INFINITY, limit);
  const first = items[0];
  return {
    items: await messageViews(desk, items),
    nextCursor: first && first.seq > 1 ? String(first.seq) : null,
  };
}

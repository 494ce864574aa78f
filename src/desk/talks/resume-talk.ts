import type { ResumeAnswer, ResumeRequest } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { messageViews } from '../views/message.ts';
import { visibleTalk } from './access.ts';

const MOST = 200;
/** Two processes' clocks and writes under way: asking a little further back costs nothing, since changes can repeat. */
const OVERLAP_MS = 5_000;

/** Exactly what a client missed: messages after its seq, and older ones that changed since. */
export async function resumeTalk(
  desk: Desk,
  who: Principal,
  request: ResumeRequest,
): Promise<ResumeAnswer> {
  const { conversationId, afterSeq, since } = request;
  const at = desk.clock.now();
  const conversation = await visibleTalk(desk, who, conversationId);
  const sinceMs = since ? Date.parse(since) : Number.NaN;
  const [missed, changed] = await Promise.all([
    desk.stores.messages.after(conversationId, afterSeq, MOST + 1),
    Number.isNaN(sinceMs)
      ? []
      : desk.stores.messages.changedSince(
          conversationId,
          new Date(sinceMs - OVERLAP_MS),
          afterSeq,
          MOST,
        ),
  ]);
  const items = missed.slice(0, MOST);
  return {
    conversationId,
    items: await messageViews(desk, items),
    more: missed.length > MOST,
    changed: await messageViews(desk, changed),
    conversation: await conversationView(desk, conversation),
    at: at.toISOString(),
  };
}

import type { VisitorMessage } from '../../contract/wire.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Message } from '../../domain/conversations/message.ts';
import type { Desk } from '../desk.ts';
import { isForVisitor, visitorMessages } from './visitor-messages.ts';

/** Most messages shown at once; older ones are asked for. */
const PAGE = 50;
/** Most read at once when many of them are notes. */
const SCAN = 200;

/** What a visitor's talk looks like to them. */
export interface VisitorTalk {
  messages: VisitorMessage[];
  /** Changes of messages they held already. */
  changed: VisitorMessage[];
  earlier: boolean;
  seenSeq: number;
  /** The last seq that was looked at: what is live begins after it. */
  upToSeq: number;
}

/** The newest messages, or those after `afterSeq` with what changed in earlier ones after `since`. */
export async function readVisitorTalk(
  desk: Desk,
  talk: Conversation,
  held: { afterSeq?: number | undefined; since?: Date | undefined },
): Promise<VisitorTalk> {
  const seenSeq = await readSeenSeq(desk, talk);
  const { afterSeq } = held;
  if (afterSeq === undefined) {
    const { shown, earlier, last } = await newestBefore(desk, talk.id, Number.POSITIVE_INFINITY);
    return {
      messages: await visitorMessages(desk, shown, seenSeq),
      changed: [],
      earlier,
      seenSeq,
      upToSeq: last,
    };
  }
  const missed: Message[] = [];
  for (;;) {
    const from = missed.at(-1)?.seq ?? afterSeq;
    const more = await desk.stores.messages.after(talk.id, from, SCAN);
    missed.push(...more);
    if (more.length < SCAN) break;
  }
  const changed = held.since
    ? await desk.stores.messages.changedSince(talk.id, held.since, afterSeq, SCAN)
    : [];
  return {
    messages: await visitorMessages(desk, missed, seenSeq),
    changed: await visitorMessages(desk, changed, seenSeq),
    earlier: false,
    seenSeq,
    upToSeq: missed.at(-1)?.seq ?? afterSeq,
  };
}

/** One page of older messages. */
export async function readEarlier(
  desk: Desk,
  talk: Conversation,
  beforeSeq: number,
): Promise<{ messages: VisitorMessage[]; earlier: boolean }> {
  const { shown, earlier } = await newestBefore(desk, talk.id, beforeSeq);
  return { messages: await visitorMessages(desk, shown, await readSeenSeq(desk, talk)), earlier };
}

/** Notes and events lie between: reads on until a page is full or the talk's beginning is reached. */
async function newestBefore(
  desk: Desk,
  conversationId: string,
  beforeSeq: number,
): Promise<{ shown: Message[]; earlier: boolean; last: number }> {
  let shown: Message[] = [];
  let before = beforeSeq;
  let last = 0;
  for (;;) {
    const some = await desk.stores.messages.before(conversationId, before, SCAN);
    last ||= some.at(-1)?.seq ?? 0;
    shown = [...some.filter(isForVisitor), ...shown];
    before = some[0]?.seq ?? 0;
    const ended = some.length < SCAN || before <= 1;
    if (shown.length > PAGE || ended)
      return { shown: shown.slice(-PAGE), earlier: shown.length > PAGE, last };
  }
}

/** Up to which seq somebody read the visitor's messages. */
async function readSeenSeq(desk: Desk, talk: Conversation): Promise<number> {
  if (talk.unread === 0) return talk.seq;
  const recent = await desk.stores.messages.before(talk.id, Number.POSITIVE_INFINITY, SCAN);
  const unread = recent.filter(({ direction }) => direction === 'in').slice(-talk.unread);
  return (unread[0]?.seq ?? recent[0]?.seq ?? 1) - 1;
}

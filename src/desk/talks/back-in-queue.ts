import type { Conversation } from '../../domain/conversations/conversation.ts';
import { recordSessionChange } from '../../domain/conversations/record-event.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actorOf } from './access.ts';

/** A talk that somebody gave back to a queue, before and after. */
interface GivenBack {
  before: Conversation;
  after: Conversation;
  /** Machine word of the event. */
  kind: string;
  text: string;
  why: string;
}

/** Writes down that a person had their turn and the queue goes on: decision, event, timeline; and tells the router. */
export async function backInQueue(
  desk: Desk,
  who: Principal,
  { before, after, kind, text, why }: GivenBack,
): Promise<Conversation> {
  const ownerId = before.session.ownerId;
  await desk.stores.decisions.record({
    at: desk.clock.now(),
    conversationId: after.id,
    sessionId: after.session.id,
    act: 'skip',
    operatorId: who.user.id,
    why,
    excluded: [],
  });
  const { conversation } = await recordSessionChange(desk, after, {
    kind,
    text,
    by: actorOf(who),
    before: { ownerId, lineId: before.lineId, offeredTo: before.session.offer?.operatorId ?? null },
    after: { ownerId: null, lineId: after.lineId },
    why,
  });
  desk.bus.publish({
    type: 'session.released',
    conversation,
    before: ownerId,
    by: actorOf(who),
    why,
  });
  return conversation;
}

import type { Unwritten } from '../../domain/conversations/change.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { changeOf } from '../../domain/conversations/record-event.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actorOf } from './access.ts';

/** How a talk goes back to a queue: its line's, or another's. */
interface GivingBack {
  /** Machine word of the event. */
  kind: string;
  text: string;
  why: string;
  /** Default: the line it is on. */
  lineId?: string;
}

/** A person had their turn and the queue goes on: decision, event, timeline, and what the router is told. */
export function backInQueue(
  desk: Desk,
  who: Principal,
  talk: Conversation,
  { kind, text, why, lineId = talk.lineId }: GivingBack,
): Unwritten {
  const { ownerId, offer } = talk.session;
  return changeOf(
    desk,
    talk,
    {
      kind,
      text,
      by: actorOf(who),
      before: { ownerId, lineId: talk.lineId, offeredTo: offer?.operatorId ?? null },
      after: { ownerId: null, lineId },
      why,
      tells: { type: 'session.released', before: ownerId },
    },
    [{ act: 'skip', operatorId: who.user.id, why, excluded: [] }],
  );
}

import { Refusal } from '../../base/errors.ts';
import type { TalkSessionView } from '../../contract/wire.ts';
import type { Conversation, Session } from '../../domain/conversations/conversation.ts';
import { recordSessionChange } from '../../domain/conversations/record-event.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { actorOf, visibleTalk } from './access.ts';
import { sessionsOf, sessionView } from './list-sessions.ts';

const BEST = 5;
const LONGEST = 2000;

/** A supervisor's word on a session. `sessionId` absent: the last one. */
export interface ScoreBody {
  /** 1 to 5. */
  score: number;
  comment?: string | null;
  sessionId?: string;
}

/**
 * Scores a finished session. A later score takes the place of the one before, which stays readable; the same again
 * changes nothing. The talk says that it was scored, not how: the score is between supervisors and who had the talk.
 */
export async function scoreTalk(
  desk: Desk,
  who: Principal,
  id: string,
  { score, comment: given, sessionId }: ScoreBody,
): Promise<TalkSessionView> {
  const conversation = await visibleTalk(desk, who, id);
  const session = await finished(desk, conversation, sessionId);
  permit(who, 'talk.score', 'score talks', { ownerIds: [session.ownerId] });
  if (!Number.isInteger(score) || score < 1 || score > BEST)
    throw new Refusal('rule_broken', `A score is a whole number from 1 to ${BEST}.`, {
      field: 'score',
    });
  const comment = given?.trim() || null;
  if (comment && comment.length > LONGEST)
    throw new Refusal('rule_broken', `A comment has at most ${LONGEST} characters.`, {
      field: 'comment',
    });
  const before = session.scores?.at(-1);
  if (before?.score === score && before.comment === comment) return sessionView(desk, who, session);

  // A crash may have come between its end and its being put away.
  if (session.id === conversation.session.id) await desk.stores.sessions.archive(conversation);
  const by = { id: who.user.id, name: who.user.name };
  const scored = await desk.stores.sessions.score(session.id, {
    ...{ score, comment, by },
    at: desk.clock.now(),
  });
  if (!scored) throw new Refusal('not_found', 'There is no such session in this talk.');
  await recordAudit(
    desk,
    who,
    'conversation.score',
    `Scored session ${session.number} with ${conversation.contactName} ${score} of ${BEST}` +
      (before ? ` (before: ${before.score}).` : '.'),
  );
  await recordSessionChange(desk, conversation, {
    kind: 'scored',
    sessionId: session.id,
    text: `${who.user.name} scored the ${before ? 'session again' : 'session'}.`,
    by: actorOf(who),
  });
  tellOwner(desk, who, conversation, session, score, comment);
  return sessionView(desk, who, scored);
}

async function finished(
  desk: Desk,
  conversation: Conversation,
  sessionId: string | undefined,
): Promise<Session> {
  const sessions = await sessionsOf(desk, conversation);
  const session = sessions.find((one) => one.id === (sessionId ?? conversation.session.id));
  if (!session) throw new Refusal('not_found', 'There is no such session in this talk.');
  if (session.state === 'closed') return session;
  throw new Refusal(
    'rule_broken',
    sessions.length > 1
      ? 'This session is still open: close it first, or choose an earlier one.'
      : 'This talk is still open: it can be scored when it is closed.',
    { field: 'sessionId' },
  );
}

function tellOwner(
  desk: Desk,
  who: Principal,
  { id, contactName }: Conversation,
  { ownerId }: Session,
  score: number,
  comment: string | null,
): void {
  if (ownerId === null || ownerId === who.user.id) return;
  desk.bus.publish({
    type: 'alert',
    audience: { userIds: [ownerId] },
    tone: 'plain',
    title: `${who.user.name} scored your talk with ${contactName}: ${score} of ${BEST}`,
    text: comment ?? '',
    conversationId: id,
  });
}

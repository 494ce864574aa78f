import type { TalkScoreView, TalkSessionView } from '../../contract/wire.ts';
import type { Conversation, Score, Session } from '../../domain/conversations/conversation.ts';
import { may } from '../../domain/operators/permissions.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { visibleTalk } from './access.ts';

/**
 * The sessions of a talk, newest first. What supervisors said of one is shown to whoever had it then, and to those who
 * may score.
 */
export async function listSessions(
  desk: Desk,
  who: Principal,
  id: string,
): Promise<TalkSessionView[]> {
  const conversation = await visibleTalk(desk, who, id);
  const sessions = await sessionsOf(desk, conversation);
  return Promise.all(sessions.reverse().map((session) => sessionView(desk, who, session)));
}

/** All sessions of a talk, oldest first. The current one is there whether or not it was put away already. */
export async function sessionsOf(
  desk: Pick<Desk, 'stores'>,
  { id, session: current }: Conversation,
): Promise<Session[]> {
  const ended = await desk.stores.sessions.ofConversation(id);
  const scores = ended.find((one) => one.id === current.id)?.scores;
  return [
    ...ended.filter((one) => one.id !== current.id),
    { ...current, ...(scores ? { scores } : {}) },
  ];
}

/** One of them, as this person may see it. */
export async function sessionView(
  { directory }: Pick<Desk, 'directory'>,
  who: Principal,
  session: Session,
): Promise<TalkSessionView> {
  const { ownerId, state, closedAt, firstAnswerAt, rating } = session;
  const owner = ownerId ? await directory.user(ownerId) : null;
  const seesScores = may(who, 'talk.score') || ownerId === who.user.id;
  const [score = null, ...earlierScores] = seesScores
    ? (session.scores ?? []).map(scoreView).reverse()
    : [];
  return {
    id: session.id,
    number: session.number,
    state,
    openedAt: session.openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    outcome: session.outcome,
    ownerId,
    ownerName: owner?.name ?? null,
    firstAnswerAt: firstAnswerAt?.toISOString() ?? null,
    rating: rating ? { ...rating, at: rating.at.toISOString() } : null,
    score,
    earlierScores,
    mayScore: state === 'closed' && may(who, 'talk.score', { ownerIds: [ownerId] }),
  };
}

const scoreView = ({ at, ...score }: Score): TalkScoreView => ({ ...score, at: at.toISOString() });

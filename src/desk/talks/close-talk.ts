import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import { changeOf, writeDown } from '../../domain/conversations/record-event.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { actableTalk, actorOf } from './access.ts';

const MOST = 100;

/** Ends the session. `outcome`: a word or two for reports (won, lost, spam …), or null. */
export async function closeTalk(
  desk: Desk,
  who: Principal,
  id: string,
  outcome: string | null,
): Promise<ConversationView> {
  const conversation = await actableTalk(desk, who, id, 'talk.close', 'close this talk');
  if (conversation.session.state === 'closed')
    throw new Refusal('talk_closed', 'This talk is closed already.');
  if (outcome && outcome.length > MOST) {
    throw new Refusal('rule_broken', `An outcome has at most ${MOST} characters.`, {
      field: 'outcome',
    });
  }
  const before = conversation.session.ownerId;
  const change = changeOf(desk, conversation, {
    kind: 'closed',
    text: outcome
      ? `${who.user.name} closed the talk: ${outcome}.`
      : `${who.user.name} closed the talk.`,
    by: actorOf(who),
    before: { state: conversation.session.state, ownerId: before },
    after: { state: 'closed', outcome },
    tells: { type: 'session.closed', before },
  });
  const closed = await desk.stores.conversations.close(
    id,
    { sessionId: conversation.session.id },
    desk.clock.now(),
    who.user.id,
    outcome,
    change,
  );
  if (!closed) throw new Refusal('conflict', 'This talk changed meanwhile.');
  await desk.stores.sessions.archive(closed);
  return conversationView(desk, await writeDown(desk, closed, change));
}

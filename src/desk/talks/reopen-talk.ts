import { Refusal } from '../../base/errors.ts';
import { newRecordId } from '../../base/ids.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { changeOf, writeDown } from '../../domain/conversations/record-event.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { actableTalk, actorOf } from './access.ts';
import { ownTalk } from './own-talk.ts';

/** Begins a new session of a closed talk; who reopens it has it. */
export async function reopenTalk(
  desk: Desk,
  who: Principal,
  id: string,
): Promise<ConversationView> {
  const closed = await actableTalk(desk, who, id, 'talk.reply', 'reopen this talk');
  if (closed.session.state !== 'closed')
    throw new Refusal('rule_broken', 'This talk is not closed.');
  return conversationView(desk, await reopenAndOwn(desk, who, closed));
}

/** The same, for a reply to a closed talk. */
export async function reopenAndOwn(
  desk: Desk,
  who: Principal,
  closed: Conversation,
): Promise<Conversation> {
  await desk.stores.sessions.archive(closed);
  const change = changeOf(desk, closed, {
    kind: 'reopened',
    text: `${who.user.name} reopened the talk.`,
    by: actorOf(who),
    before: { state: 'closed', outcome: closed.session.outcome },
    after: { state: 'waiting' },
    sessionId: newRecordId(),
  });
  const { conversations } = desk.stores;
  const opened = await conversations.reopen(closed.id, desk.clock.now(), undefined, change);
  if (!opened) throw new Refusal('conflict', 'This talk changed meanwhile.');
  const conversation = await writeDown(desk, opened, change);
  return ownTalk(desk, who, conversation, who.user, `${who.user.name} reopened it.`);
}

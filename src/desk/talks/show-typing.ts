import { messageOf } from '../../base/errors.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actorOf, mayAct, visibleTalk } from './access.ts';

/** Shows colleagues, and the customer where the channel can, that somebody writes. Lost ones do not matter. */
export async function showTyping(
  desk: Desk,
  who: Principal,
  id: string,
  on: boolean,
): Promise<void> {
  const conversation = await visibleTalk(desk, who, id);
  desk.bus.publish({
    type: 'typing',
    conversationId: id,
    seq: conversation.seq,
    lineId: conversation.lineId,
    ownerId: conversation.session.ownerId,
    who: actorOf(who),
    on,
  });
  if (!mayAct(who, 'talk.reply', conversation)) return;
  const session = desk.accounts.get(conversation.accountId)?.session;
  session
    ?.typing?.(conversation.chat, on)
    .catch((error: unknown) =>
      desk.log.debug({ conversationId: id, error: messageOf(error) }, 'typing was not shown'),
    );
}

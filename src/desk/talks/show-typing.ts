import { messageOf } from '../../base/errors.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actorOf, mayAct, visibleTalk } from './access.ts';

/**
 * Shows colleagues, and the customer where the channel can, that somebody writes. Lost ones do not matter. Of a `note`
 * the customer sees nothing; of whoever joined silently only those who look after others.
 */
export async function showTyping(
  desk: Desk,
  who: Principal,
  id: string,
  on: boolean,
  note = false,
): Promise<void> {
  const conversation = await visibleTalk(desk, who, id);
  const silent = conversation.session.watchers.includes(who.user.id);
  desk.bus.publish({
    type: 'typing',
    conversationId: id,
    seq: conversation.seq,
    lineId: conversation.lineId,
    ownerId: conversation.session.ownerId,
    who: actorOf(who),
    on,
    ...(note && { note }),
    ...(silent && { silent }),
  });
  if (note || silent || !mayAct(who, 'talk.reply', conversation)) return;
  const session = desk.accounts.get(conversation.accountId)?.session;
  session
    ?.typing?.(conversation.chat, on)
    .catch((error: unknown) =>
      desk.log.debug({ conversationId: id, error: messageOf(error) }, 'typing was not shown'),
    );
}

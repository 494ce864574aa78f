import type { SendBody } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { assignTalk } from '../talks/assign-talk.ts';
import { closeTalk } from '../talks/close-talk.ts';
import { reply } from '../talks/reply.ts';
import { tagTalk } from '../talks/tag-talk.ts';
import { filledIn } from './canned.ts';

/**
 * Sends a canned answer, then does its acts: tags, gives the talk away, closes it, each with the rights of the person.
 * With the same `clientId` again nothing is sent again, and acts that are done are left out: a repetition goes on where
 * it stopped.
 */
export async function sendCanned(
  desk: Desk,
  who: Principal,
  named: { id: string } | { shortcut: string },
  conversationId: string,
  body: Omit<SendBody, 'text'>,
): Promise<{ text: string }> {
  const { answer, text } = await filledIn(desk, who, named, conversationId);
  const { tags, assignTo, close } = answer.acts;
  const sent = await reply(desk, who, conversationId, { ...body, text });
  if (tags.length > 0) await tagTalk(desk, who, conversationId, { add: tags, remove: [] });
  const state = async () => (await desk.stores.conversations.get(conversationId))?.session;
  if (assignTo !== null && (await state())?.ownerId !== assignTo)
    await assignTalk(desk, who, conversationId, assignTo);
  if (close !== null && (await state())?.state !== 'closed')
    await closeTalk(desk, who, conversationId, close.outcome);
  return { text: sent.text };
}

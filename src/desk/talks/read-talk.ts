import type { ConversationDetail } from '../../contract/wire.ts';
import type { Capabilities } from '../../contract/capabilities.ts';
import { Refusal } from '../../base/errors.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { windowClosesAt } from '../../engine/delivery/plan.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { contactViews, leadViews } from '../views/crm.ts';
import { linkedTalkViews } from '../views/linked-talk.ts';
import { canSee, mayAct, maySkip, visibleTalk } from './access.ts';

/** What can be done on a channel of which this version knows nothing (its account was removed): nothing. */
const NOTHING: Capabilities = {
  text: { max: 0, unit: 'utf16', formatting: false },
  media: {},
  album: null,
  card: null,
  replyWindow: null,
  canInitiate: false,
  reachableLater: false,
  idempotentSend: false,
  receipts: [],
  quotes: false,
  reactions: null,
  location: false,
  actions: [],
};

/** One talk with all that its view needs. */
export async function readTalk(
  desk: Desk,
  who: Principal,
  id: string,
): Promise<ConversationDetail> {
  const conversation = await visibleTalk(desk, who, id);
  const [view, contact, lead, account, merged, others] = await Promise.all([
    conversationView(desk, conversation),
    desk.stores.contacts.get(conversation.contactId),
    conversation.leadId ? desk.stores.leads.get(conversation.leadId) : null,
    desk.directory.account(conversation.accountId),
    desk.stores.conversations.mergedInto(id),
    desk.stores.conversations.ofContact(conversation.contactId),
  ]);
  if (!contact) throw new Refusal('not_found', 'The contact of this talk is gone.');
  const capabilities = account
    ? (desk.channels.get(account.type)?.capabilities ?? NOTHING)
    : NOTHING;
  const duplicates = others.filter((other) => isDuplicate(who, conversation, other));
  const [[contactDetail], [leadView], mergedViews, duplicateViews] = await Promise.all([
    contactViews(desk, [contact]),
    leadViews(desk, lead ? [lead] : []),
    linkedTalkViews(desk, merged),
    linkedTalkViews(desk, duplicates),
  ]);
  if (!contactDetail) throw new Refusal('not_found', 'The contact of this talk is gone.');
  const closed = conversation.session.state === 'closed';
  const acts = (right: Parameters<typeof mayAct>[1]): boolean => mayAct(who, right, conversation);
  return {
    ...view,
    capabilities,
    windowClosesAt:
      windowClosesAt(capabilities, conversation.lastCustomerAt)?.toISOString() ?? null,
    contactDetail,
    lead: leadView ?? null,
    origin: conversation.origin,
    may: {
      reply: acts('talk.reply') && account !== null,
      note: who.grants['talk.reply'] !== undefined,
      take: conversation.session.state === 'waiting' && acts('talk.take'),
      assign: !closed && acts('talk.assign'),
      close: !closed && acts('talk.close'),
      reopen: closed && acts('talk.reply'),
      skip: !closed && maySkip(who, conversation),
      transfer: !closed && acts('talk.assign'),
      invite: !closed && acts('talk.reply'),
      snooze: !closed && acts('talk.reply'),
      intercept:
        conversation.session.state === 'open' &&
        conversation.session.ownerId !== who.user.id &&
        acts('talk.intercept'),
      join:
        !closed &&
        conversation.session.ownerId !== who.user.id &&
        acts('talk.intercept') &&
        !conversation.session.watchers.includes(who.user.id),
    },
    merged: mergedViews,
    duplicates: duplicateViews,
    joined: !closed && conversation.session.watchers.includes(who.user.id),
    chat: conversation.chat,
  };
}

/** Whether another talk of the person could be merged into this one by the reader. */
const isDuplicate = (who: Principal, talk: Conversation, other: Conversation): boolean =>
  other.id !== talk.id &&
  other.channelType === talk.channelType &&
  !other.merged &&
  !talk.merged &&
  canSee(who, other) &&
  mayAct(who, 'talk.close', other) &&
  mayAct(who, 'talk.reply', talk);

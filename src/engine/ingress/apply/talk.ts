import { newRecordId } from '../../../base/ids.ts';
import type { Origin, Person } from '../../../contract/inbound.ts';
import type { KnownAccount } from '../../../domain/accounts/open-account.ts';
import type { Conversation } from '../../../domain/conversations/conversation.ts';
import { changeOf, writeDown } from '../../../domain/conversations/record-event.ts';
import type { Contact } from '../../../domain/crm/records.ts';
import { NoLine } from './parts.ts';
import type { ApplyParts, Said } from './parts.ts';
import { customer, nameOf } from './words.ts';

/**
 * The talk of an event, opened or reopened: it is the customer's turn. `said`: what they said, which may belong to the
 * end of a closed session instead.
 */
export async function talkFor(
  parts: ApplyParts,
  event: { chat: { id: string }; from: Person; origin?: Origin },
  known: KnownAccount,
  said: Said | null = null,
): Promise<{ conversation: Conversation; contact: Contact | null }> {
  const { record } = known;
  const found = await parts.stores.conversations.byChat(record.id, event.chat.id);
  if (found && found.session.state !== 'closed') return { conversation: found, contact: null };
  if (found && said && (await parts.takesAfterClose(found, said)))
    return { conversation: found, contact: null };
  if (found) return { conversation: await reopen(parts, found, record.lineId), contact: null };

  if (!record.lineId) throw new NoLine(record.name);
  const { from } = event;
  const { contact } = await parts.stores.contacts.findOrCreateByIdentity({
    accountId: record.id,
    channelType: record.type,
    externalId: from.id,
    name: nameOf(from),
    username: from.username ?? null,
    proof: from.proof ?? 'claimed',
    phones: from.phone ? [from.phone] : [],
    emails: from.email ? [from.email.toLowerCase()] : [],
    language: from.language ?? null,
    at: parts.clock.now(),
  });
  const { conversation, created } = await parts.stores.conversations.findOrOpen({
    accountId: record.id,
    channelType: record.type,
    chat: event.chat.id,
    lineId: record.lineId,
    contactId: contact.id,
    contactName: contact.name,
    origin: event.origin ?? null,
    at: parts.clock.now(),
  });
  // A crash before the first message was appended left the rest of this out: then it is done now.
  if (created || conversation.seq === 0) {
    const by = customer(conversation);
    parts.bus.publish({ type: 'conversation.created', conversation, by });
    await parts.stores.timeline.record({
      at: parts.clock.now(),
      // Once, however often this is done again.
      id: conversation.session.id,
      subject: { kind: 'session', id: conversation.session.id },
      who: by,
      what: `${contact.name} wrote for the first time.`,
      before: null,
      after: { state: 'waiting' },
      why: null,
    });
    const opened = await parts.opening(conversation);
    parts.bus.publish({ type: 'session.opened', conversation: opened, reopened: false, by });
    return { conversation: opened, contact };
  }
  return { conversation, contact };
}

async function reopen(
  parts: ApplyParts,
  closed: Conversation,
  lineId: string | null,
): Promise<Conversation> {
  await parts.stores.sessions.archive(closed);
  const change = changeOf(parts, closed, {
    kind: 'reopened',
    text: `${closed.contactName} wrote again: a new session.`,
    by: customer(closed),
    before: { state: 'closed', outcome: closed.session.outcome },
    after: { state: 'waiting' },
    sessionId: newRecordId(),
    tells: { type: 'session.opened', reopened: true },
  });
  const reopened = await parts.stores.conversations.reopen(
    closed.id,
    parts.clock.now(),
    // A talk that went to another line begins again where its channel leads.
    lineId ?? undefined,
    change,
  );
  if (!reopened) return (await parts.stores.conversations.get(closed.id)) ?? closed;
  return writeDown(parts, await parts.opening(reopened), change);
}

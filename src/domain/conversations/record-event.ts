import type { Bus } from '../events/bus.ts';
import type { DomainEvent } from '../events/events.ts';
import type { Clock } from '../../base/clock.ts';
import { newRecordId } from '../../base/ids.ts';
import type { NewEntry } from '../crm/records.ts';
import type { Stores } from '../stores.ts';
import type { SessionChange, Unwritten, Verdict } from './change.ts';
import type { Conversation } from './conversation.ts';
import type { MessageDraft } from './message.ts';

/** What the functions here need. */
export interface Recording {
  stores: Pick<Stores, 'messages' | 'conversations' | 'timeline' | 'decisions'>;
  bus: Bus;
  clock: Clock;
}

/** The fields that a new message of a conversation starts with. */
export function draftOf(
  conversation: Conversation,
  given: Pick<MessageDraft, 'direction' | 'text' | 'author' | 'at' | 'key'> & Partial<MessageDraft>,
): MessageDraft {
  return {
    conversationId: conversation.id,
    accountId: conversation.accountId,
    sessionId: conversation.session.id,
    marks: [],
    parts: [],
    clientId: null,
    externalIds: [],
    replyTo: null,
    albumId: null,
    forwardedFrom: null,
    event: null,
    buttons: [],
    delivery: null,
    ...given,
  };
}

/** A change about to be made, with what it is to leave behind: given to the write that makes it. */
export function changeOf(
  { clock }: Pick<Recording, 'clock'>,
  { session }: Pick<Conversation, 'session'>,
  change: SessionChange | null,
  decisions: readonly Verdict[] = [],
): Unwritten {
  return {
    id: newRecordId(),
    at: clock.now(),
    sessionId: change?.sessionId ?? session.id,
    change,
    decisions: decisions.map((decision) => ({ ...decision, id: newRecordId() })),
  };
}

/**
 * Writes down a change that was made: the event in the talk, the entry in the timeline, the decisions; and tells the bus.
 * Doing it again changes nothing. Answers the conversation as it stands after.
 */
export async function writeDown(
  { stores, bus }: Recording,
  conversation: Conversation,
  unwritten: Unwritten,
): Promise<Conversation> {
  const { id, at, sessionId, change, decisions } = unwritten;
  const append =
    change && !change.silent
      ? stores.messages.append(eventOf(conversation, unwritten, change), conversation.seq)
      : null;
  const [appended] = await Promise.all([
    append,
    change && stores.timeline.record(entryOf(change, { id, at, sessionId })),
    ...decisions.map((decision) =>
      stores.decisions.record({ ...decision, at, conversationId: conversation.id, sessionId }),
    ),
  ]);
  let after = conversation;
  if (appended) {
    const { message } = appended;
    after =
      (await stores.conversations.bump(conversation.id, { seq: message.seq, unread: 'keep' })) ??
      conversation;
    bus.publish({ type: 'message.appended', message, conversation: after });
  }
  // What listeners do is a part of it, and they are not waited for. If they die with us, or it can not be stored that
  // they have heard, the sweep tells them again.
  void told(bus, after, change)
    .then(() => stores.conversations.written(conversation.id, id))
    .catch(() => {});
  return after;
}

/** Writes down what changed nothing in the talk itself: it is stored first, like any change. */
export async function recordSessionChange(
  recording: Recording,
  conversation: Conversation,
  change: SessionChange,
  id: string = newRecordId(),
): Promise<Conversation> {
  const unwritten = { ...changeOf(recording, conversation, change), id };
  await recording.stores.conversations.note(conversation.id, unwritten);
  return writeDown(recording, conversation, unwritten);
}

const eventOf = (
  conversation: Conversation,
  { id, at, sessionId }: Unwritten,
  { text, by, kind, about }: SessionChange,
): MessageDraft =>
  draftOf(conversation, {
    direction: 'event',
    sessionId,
    text,
    author: by,
    at,
    key: `event:${id}`,
    event: { kind, ...(about && { conversationId: about }) },
  });

const entryOf = (
  { by, text, before, after, why }: SessionChange,
  { id, at, sessionId }: Pick<Unwritten, 'id' | 'at' | 'sessionId'>,
): NewEntry & { id: string } => ({
  id,
  at,
  subject: { kind: 'session', id: sessionId },
  who: by,
  what: text,
  before: before ?? null,
  after: after ?? null,
  why: why ?? null,
});

const told = async (
  bus: Bus,
  conversation: Conversation,
  change: SessionChange | null,
): Promise<void> => {
  if (!change?.tells) return;
  const { tells, by, why = '' } = change;
  await bus.announce({ ...tells, conversation, by, why } as DomainEvent);
};

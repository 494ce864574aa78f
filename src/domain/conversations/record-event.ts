import type { Bus } from '../events/bus.ts';
import type { Actor } from '../events/events.ts';
import type { Clock } from '../../base/clock.ts';
import { newUuid } from '../../base/ids.ts';
import type { Stores } from '../stores.ts';
import type { Conversation } from './conversation.ts';
import type { Message, MessageDraft } from './message.ts';

/** What the functions here need. */
export interface Recording {
  stores: Pick<Stores, 'messages' | 'conversations' | 'timeline'>;
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

/** A change of a session, to be written where operators read it (the talk) and where it can be looked up (the timeline). */
export interface SessionChange {
  /** Machine word, e.g. `assigned`. */
  kind: string;
  /** The sentence people read. */
  text: string;
  by: Actor;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  why?: string;
  /** The session it is about. Default: the current one. */
  sessionId?: string;
  /** Another talk that the event leads to. */
  about?: string;
}

/** Writes a session's change as an event in the talk and as a timeline entry; answers the conversation as it stands after. */
export async function recordSessionChange(
  { stores, bus, clock }: Recording,
  conversation: Conversation,
  change: SessionChange,
): Promise<{ message: Message; conversation: Conversation }> {
  const at = clock.now();
  const sessionId = change.sessionId ?? conversation.session.id;
  const [{ message }] = await Promise.all([
    stores.messages.append(
      draftOf(conversation, {
        direction: 'event',
        sessionId,
        text: change.text,
        author: change.by,
        at,
        key: `event:${newUuid()}`,
        event: { kind: change.kind, ...(change.about && { conversationId: change.about }) },
      }),
      conversation.seq,
    ),
    stores.timeline.record({
      at,
      subject: { kind: 'session', id: sessionId },
      who: change.by,
      what: change.text,
      before: change.before ?? null,
      after: change.after ?? null,
      why: change.why ?? null,
    }),
  ]);
  const bumped = await stores.conversations.bump(conversation.id, {
    seq: message.seq,
    unread: 'keep',
  });
  const after = bumped ?? conversation;
  bus.publish({ type: 'message.appended', message, conversation: after });
  return { message, conversation: after };
}

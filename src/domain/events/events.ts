import type { Conversation } from '../conversations/conversation.ts';
import type { Draft } from '../conversations/draft.ts';
import type { Message } from '../conversations/message.ts';
import type { AccountRecord } from '../accounts/account.ts';
import type { AuthorView, PresenceState } from '../../contract/wire.ts';

/** Where a change stands in people's eyes: shown, and written into timelines. */
export interface Actor {
  kind: 'contact' | 'user' | 'system' | 'external';
  id: string | null;
  name: string;
}

/** What happened. Sent after it is durably stored; a listener can not undo it. */
export type DomainEvent =
  /** A message was appended; `conversation` as it stands after. */
  | { type: 'message.appended'; message: Message; conversation: Conversation }
  /** Text, delivery, reactions, files or removal of a message changed. */
  | { type: 'message.changed'; message: Message; conversation: Conversation }
  /** The first message of a customer that nobody had before. */
  | { type: 'conversation.created'; conversation: Conversation; by: Actor }
  | { type: 'session.opened'; conversation: Conversation; reopened: boolean; by: Actor }
  | {
      type: 'session.assigned';
      conversation: Conversation;
      before: string | null;
      by: Actor;
      why: string;
    }
  | { type: 'session.closed'; conversation: Conversation; before: string | null; by: Actor }
  /** Back in the queue: skipped, moved to another line, not taken while it was offered to `before`. */
  | {
      type: 'session.released';
      conversation: Conversation;
      before: string | null;
      by: Actor;
      why: string;
    }
  | {
      type: 'session.offered';
      conversation: Conversation;
      /** To whom; empty: to everybody of the line. */
      operatorIds: string[];
      until: Date;
      why: string;
    }
  | { type: 'session.snoozed'; conversation: Conversation; by: Actor }
  /** Everybody who is free was tried. `round`: 1 for the first time. */
  | { type: 'session.unanswered'; conversation: Conversation; round: number }
  /** Anything else of the conversation: unread, blocked, line, contact, last message. */
  | { type: 'conversation.changed'; conversation: Conversation }
  | {
      type: 'typing';
      conversationId: string;
      seq: number;
      lineId: string;
      ownerId: string | null;
      who: AuthorView;
      on: boolean;
      /** An internal note: nothing that a customer hears of. */
      note?: boolean;
      /** By somebody who joined silently: only those who look after others hear of it. */
      silent?: boolean;
    }
  /** Of one person; an empty text: there is none any more. */
  | { type: 'draft.changed'; draft: Draft }
  | { type: 'presence.changed'; userId: string; state: PresenceState }
  | { type: 'user.changed'; userId: string }
  | { type: 'line.changed'; lineId: string }
  | { type: 'settings.changed' }
  | { type: 'account.changed'; account: AccountRecord }
  | { type: 'account.removed'; accountId: string }
  | {
      type: 'lead.created';
      leadId: string;
      contactId: string | null;
      conversationId: string | null;
    }
  | { type: 'lead.changed'; leadId: string; contactId: string | null }
  | { type: 'contact.changed'; contactId: string }
  | { type: 'deal.created'; dealId: string }
  | { type: 'deal.changed'; dealId: string }
  /** Addresses that hear of all this from outside were added, changed or removed. */
  | { type: 'webhooks.changed' }
  /** Something only people can mend; `audience` says who hears it. */
  | {
      type: 'alert';
      /** `and`: more who hear the same, each once. */
      audience: 'administrators' | 'supervisors' | { userIds: string[]; and?: 'supervisors' };
      tone: 'plain' | 'warn' | 'bad';
      title: string;
      text: string;
      conversationId?: string;
      /** Later it is no news. */
      until?: Date;
    };

export type DomainEventType = DomainEvent['type'];
export type DomainEventOf<T extends DomainEventType> = Extract<DomainEvent, { type: T }>;

/** The system as an actor. */
export const SYSTEM: Actor = { kind: 'system', id: null, name: 'Openline' };

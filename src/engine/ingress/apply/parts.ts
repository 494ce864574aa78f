import type { Clock } from '../../../base/clock.ts';
import type { Log } from '../../../base/log.ts';
import type { InboundEvent } from '../../../contract/inbound.ts';
import type { KnownAccount } from '../../../domain/accounts/open-account.ts';
import type { Conversation } from '../../../domain/conversations/conversation.ts';
import type { Message } from '../../../domain/conversations/message.ts';
import type { Contact } from '../../../domain/crm/records.ts';
import type { Bus } from '../../../domain/events/bus.ts';
import type { Actor } from '../../../domain/events/events.ts';
import type { Stores } from '../../../domain/stores.ts';

/** What a customer said; `value`: of the button of ours that was pressed. */
export interface Said {
  text: string;
  value: string | null;
}

/** What applying an event needs. */
export interface ApplyParts {
  stores: Pick<
    Stores,
    | 'conversations'
    | 'messages'
    | 'outbox'
    | 'contacts'
    | 'files'
    | 'timeline'
    | 'decisions'
    | 'buttonTokens'
    | 'sessions'
  >;
  bus: Bus;
  clock: Clock;
  log: Log;
  /** Makes the lead of a first contact when the line wants one; harmless to repeat. */
  ensureLead(conversation: Conversation, contact: Contact, by: Actor): Promise<Conversation>;
  /** A session has opened and nobody has heard of it yet; answers the talk as it stands after. */
  opening(conversation: Conversation): Promise<Conversation>;
  /** A customer's message is stored; `value`: of the button of ours that was pressed. Harmless to repeat. */
  heard(conversation: Conversation, message: Message, value: string | null): Promise<void>;
  /** Whether a closed session still takes what the customer says: a rating is no new talk. */
  takesAfterClose(conversation: Conversation, said: Said): Promise<boolean>;
  /** Ends a pressed button's waiting state at the provider, if it has one. */
  acknowledge(accountId: string, ack: string): void;
}

/** Where an event of an account without a line goes: nowhere, said aloud. */
export class NoLine extends Error {
  constructor(name: string) {
    super(`The channel "${name}" belongs to no line: give it one and replay this event.`);
    this.name = 'NoLine';
  }
}

/** Applies one kind of event; can be repeated after a crash at any point. */
export type Apply<E extends InboundEvent> = (
  parts: ApplyParts,
  event: E,
  known: KnownAccount,
) => Promise<void>;

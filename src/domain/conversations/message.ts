import type { Mark, MediaPart } from './parts.ts';
import type { DeliveryState, Direction } from '../../contract/wire.ts';
import type { RejectReason } from '../../contract/outbound.ts';
import type { PageOf, PageRequest } from '../events/paging.ts';
import type { Actor } from '../events/events.ts';

/** A stored message. */
export interface Message {
  id: string;
  conversationId: string;
  accountId: string;
  sessionId: string;
  seq: number;
  direction: Direction;
  text: string;
  marks: Mark[];
  parts: MediaPart[];
  author: Actor;
  /** When it happened, by the provider's clock for incoming ones, never later than it was stored. */
  at: Date;
  /** Unique in the conversation: the same key again is the same message. */
  key: string;
  clientId: string | null;
  /** The provider's ids of it. */
  externalIds: string[];
  replyTo: { messageId: string | null; seq: number | null; text: string; author: string } | null;
  albumId: string | null;
  forwardedFrom: string | null;
  edits: { text: string; at: Date }[];
  removedAt: Date | null;
  reactions: { emoji: string; by: Actor }[];
  /** For `event`: what happened, and the other talk it leads to. */
  event: { kind: string; conversationId?: string } | null;
  /** For `note`: the colleagues it names with @. Absent: none. */
  mentions?: string[];
  /** For `out`: buttons under it; tokens are ours. */
  buttons: { label: string; token?: string; value?: string; url?: string }[];
  delivery: Delivery | null;
  /** When anything of it last changed. */
  changedAt: Date;
}

/** One outbound message's journey; lives inside the message, so accepting a send is one write. */
export interface Delivery {
  state: DeliveryState;
  /** When it may be tried; while `queued`. */
  nextAt: Date;
  attempts: number;
  /** Steps of the plan that are done; a long text is several. */
  stepsDone: number;
  leaseBy: string | null;
  leaseUntil: Date | null;
  detail: string;
  reason: RejectReason | 'unauthorized' | 'gave-up' | 'uncertain' | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  /** The last 20 things that happened. */
  log: { at: Date; status: string; detail: string }[];
}

/** The delivery of a message that may be sent from `at` on. */
export function toBeSent(at: Date): Delivery {
  return {
    state: 'queued',
    nextAt: at,
    attempts: 0,
    stepsDone: 0,
    leaseBy: null,
    leaseUntil: null,
    detail: '',
    reason: null,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    log: [],
  };
}

/** A message about to be appended: seq and id come from the store. */
export type MessageDraft = Omit<
  Message,
  'id' | 'seq' | 'edits' | 'removedAt' | 'reactions' | 'changedAt'
>;

/** Unfinished states: a later message of the conversation waits for these. */
export const UNFINISHED: readonly DeliveryState[] = ['queued', 'sending'];
/** A later receipt never takes a message back: rank of each state. */
export const DELIVERY_RANK: Record<DeliveryState, number> = {
  queued: 0,
  sending: 1,
  canceled: 2,
  uncertain: 3,
  failed: 3,
  sent: 4,
  delivered: 5,
  read: 6,
};

export interface MessageStore {
  /**
   * Appends with the next seq, gap-free. `fresh` false: a message with this key was there; it is returned unchanged.
   * Concurrent appends to one conversation queue up; to different ones share round trips.
   * `seqHint`: the conversation's last known seq.
   */
  append(draft: MessageDraft, seqHint: number): Promise<{ message: Message; fresh: boolean }>;
  get(id: string): Promise<Message | null>;
  byKey(conversationId: string, key: string): Promise<Message | null>;
  byExternalId(conversationId: string, externalId: string): Promise<Message | null>;
  /** In seq order, after `afterSeq`. */
  after(conversationId: string, afterSeq: number, limit: number): Promise<Message[]>;
  /** The `limit` messages before `beforeSeq` (all: Infinity), in seq order. */
  before(conversationId: string, beforeSeq: number, limit: number): Promise<Message[]>;
  /** Changed after `since` with seq at most `uptoSeq`, at most `limit`. */
  changedSince(
    conversationId: string,
    since: Date,
    uptoSeq: number,
    limit: number,
  ): Promise<Message[]>;
  edit(id: string, text: string, marks: Mark[], at: Date): Promise<Message | null>;
  remove(id: string, at: Date): Promise<Message | null>;
  setReactions(id: string, by: Actor, emoji: readonly string[], at: Date): Promise<Message | null>;
  /** Marks a file of a message as changed. */
  touch(id: string, at: Date): Promise<Message | null>;
  /** The last answer of a person of ours in this session. */
  lastReply(conversationId: string, sessionId: string): Promise<Message | null>;
  /** The last reply by somebody else after `seenSeq`, if any. */
  replyAfter(conversationId: string, seenSeq: number, notBy: string): Promise<Message | null>;
}

/** What a finished attempt writes. */
export interface DeliveryChange {
  state: DeliveryState;
  detail: string;
  reason?: Delivery['reason'];
  nextAt?: Date;
  stepsDone?: number;
  /** Added to those known. */
  externalIds?: readonly string[];
  sentAt?: Date;
}

/** The outbox: the messages themselves, seen as work. */
export interface OutboxStore {
  /**
   * The unfinished message of the conversation with the smallest seq, and whether there are more behind it; null:
   * nothing to do.
   */
  next(conversationId: string): Promise<{ message: Message; more: boolean } | null>;
  /** `queued` and due → `sending` under a lease. Null: somebody else has it, or it is not due. */
  lease(id: string, by: string, now: Date, until: Date): Promise<Message | null>;
  /** Keeps the lease of a send that takes long. False: lost. */
  renew(id: string, by: string, until: Date): Promise<boolean>;
  /** Writes the result when `by` still holds the lease. Null: lost. */
  settle(id: string, by: string, change: DeliveryChange, at: Date): Promise<Message | null>;
  /** Conversations with a queued message that is due, but for those of accounts that can not send now. */
  due(
    now: Date,
    exceptAccounts: readonly string[],
    limit: number,
  ): Promise<{ conversationId: string; accountId: string }[]>;
  /** Messages in `sending` whose lease ran out: the sender died. */
  abandoned(now: Date, limit: number): Promise<Message[]>;
  /** Queued messages of these accounts that were due before `before`. */
  stale(before: Date, accountIds: readonly string[], limit: number): Promise<Message[]>;
  /** `queued` → `failed`, for good. Null: it was not queued any more. */
  giveUp(id: string, detail: string, at: Date): Promise<Message | null>;
  /** From an expired lease to `change.state`. Null: not so any more. */
  recover(id: string, change: DeliveryChange, now: Date): Promise<Message | null>;
  /** `failed`, `uncertain` or `canceled` → `queued`. Null: it was in none of these. */
  requeue(id: string, at: Date): Promise<Message | null>;
  /** `queued` or `failed` or `uncertain` → `canceled`. */
  cancel(id: string, at: Date): Promise<Message | null>;
  /** Raises by rank; `upTo`: this one and all earlier. Returns the changed ones, at most 200. */
  receipt(
    conversationId: string,
    externalId: string,
    status: 'delivered' | 'read' | 'failed',
    upTo: boolean,
    at: Date,
    detail: string,
  ): Promise<Message[]>;
  /** Newest first. */
  list(
    states: readonly DeliveryState[],
    accountIds: readonly string[] | null,
    page: PageRequest,
  ): Promise<PageOf<Message>>;
  /** Resets `nextAt` of an account's queued messages to now (the account works again). */
  wake(accountId: string, now: Date): Promise<void>;
}

import type { Origin } from '../../contract/inbound.ts';
import type { Direction, TalkState } from '../../contract/wire.ts';
import type { Actor } from '../events/events.ts';
import type { PageOf, PageRequest } from '../events/paging.ts';
import type { Unwritten } from './change.ts';
import type { Consent, FlowPlan, Rating } from './flow-plan.ts';
import type { TargetSheet } from './targets.ts';

/** A waiting session shown to one operator, or to everybody of its line who is free, for a limited time. */
export interface Offer {
  /** Null: to everybody of the line. */
  operatorId: string | null;
  at: Date;
  until: Date;
  why: string;
}

/**
 * Where a waiting session stands. `ready`: the router may give it. `offered`: until the offer ends. `resting`: everybody
 * was tried, and the next round has not begun. `snoozed`: until its time, or until the customer writes. `held`: a flow
 * talks to the customer first.
 */
export type Place = 'ready' | 'offered' | 'resting' | 'snoozed' | 'held';

/**
 * What is to be done with a session, and when. `offer`: the offer ends. `answer`: whom the router gave it to must have
 * answered. `rest`: the next round begins. `snooze`: it is on the table again.
 */
export interface SessionTimer {
  kind: 'offer' | 'answer' | 'rest' | 'snooze';
  at: Date;
}

/** One episode inside a conversation, open → closed. The current one lives inside the conversation, so that opening,
 * claiming and closing are each one conditional write on one document; ended ones are kept in the session store. */
export interface Session {
  id: string;
  /** 1 for the first. */
  number: number;
  state: TalkState;
  openedAt: Date;
  /** Since when the customer waits for a person; null once somebody owns it or it is closed. */
  waitingSince: Date | null;
  ownerId: string | null;
  ownedAt: Date | null;
  /** Operators who had their turn or skipped in this round. */
  tried: string[];
  /** Rounds that ended with everybody tried. */
  rounds: number;
  /** Null: it does not wait. */
  place: Place | null;
  offer: Offer | null;
  timer: SessionTimer | null;
  snoozedUntil: Date | null;
  /** Whether the customer wrote last: people's answers count, not those of machines. */
  awaitsAnswer: boolean;
  /** When a person last answered. */
  answeredAt: Date | null;
  /** Colleagues who were invited: they see the talk and may answer. */
  guests: string[];
  /** Those who joined silently: they see it. */
  watchers: string[];
  /** Kinds of reasons that people were alerted for. */
  alerted: string[];
  /** The last decision, for people. */
  why: string | null;
  firstAnswerAt: Date | null;
  closedAt: Date | null;
  closedBy: string | null;
  outcome: string | null;
  /** What is said and asked without a person; absent: nothing, or not yet. */
  flow?: FlowPlan;
  /** By when things should happen; absent: the line has no targets. */
  targets?: TargetSheet;
  /** What the customer said at the end. */
  rating?: Rating;
  consent?: Consent;
  /** It was sent to whoever of this role is free; absent: to nobody such, or a person has taken it. */
  role?: { id: string; name: string };
  /** What supervisors said of it, oldest first; only of ended ones, out of the session store. */
  scores?: Score[];
}

/** A supervisor's word on an ended session. */
export interface Score {
  /** 1 to 5. */
  score: number;
  comment: string | null;
  by: { id: string; name: string };
  at: Date;
}

/** The outcome of a session that a merge has ended. */
export const MERGED = 'merged';

/** An explicit act: this talk is a duplicate of another one of the same person. */
export interface Merged {
  into: string;
  at: Date;
  by: { id: string; name: string };
}

/** What a list shows of a conversation. */
export interface LastMessage {
  text: string;
  at: Date;
  direction: Direction;
  /** Who wrote it; absent: it was stored before this was kept. */
  author?: Actor;
}

/** Everything with one chat on one account, for good. */
export interface Conversation {
  id: string;
  accountId: string;
  channelType: string;
  /** The reply address: the provider's chat id. */
  chat: string;
  lineId: string;
  contactId: string;
  contactName: string;
  leadId: string | null;
  seq: number;
  rev: number;
  session: Session;
  lastMessage: LastMessage | null;
  unread: number;
  /** When the customer last wrote: the reply window counts from here. */
  lastCustomerAt: Date | null;
  blocked: boolean;
  /** Who had the talk last, in whichever session. */
  lastOwnerId: string | null;
  /** Lower case, in the order they were given. */
  tags: string[];
  /** People who keep it at the top of their lists. */
  pinnedBy: string[];
  origin: Origin | null;
  /** The talk that a person said is the same one; absent: none. Addresses and messages stay where they are. */
  merged?: Merged;
  /** Changes that are made and not all written down yet, oldest first; absent: there was none. */
  unwritten?: Unwritten[];
  createdAt: Date;
  /** When anything a list shows last changed: the lists' order. */
  activeAt: Date;
}

/** Who may see what: `null` means everything; otherwise talks of these lines, owned by this person, or with them as a guest. */
export type Visibility = { lineIds: string[]; ownerId: string } | null;

export interface ConversationFilter {
  state?: TalkState;
  /** Any of them. */
  ownerIds?: readonly string[];
  lineId?: string;
  contactId?: string;
  accountId?: string;
  /** Lower case, whole. */
  tag?: string;
  /** Words of the contact's name. */
  q?: string;
}

export interface OpenRequest {
  accountId: string;
  channelType: string;
  chat: string;
  lineId: string;
  contactId: string;
  contactName: string;
  origin: Origin | null;
  at: Date;
}

/** Each change of a session takes what it is to leave behind (`unwritten`), and stores it with itself. */
export interface ConversationStore {
  get(id: string): Promise<Conversation | null>;
  many(ids: readonly string[]): Promise<Conversation[]>;
  /** By reply address; concurrent calls share one round trip. */
  byChat(accountId: string, chat: string): Promise<Conversation | null>;
  /** The conversation of (account, chat), made when there is none, with an open session. However many call at once: one. */
  findOrOpen(request: OpenRequest): Promise<{ conversation: Conversation; created: boolean }>;
  /**
   * Opens a new session, on `lineId` if given, when the current one is closed. Null: it was not closed (any more). The
   * session that `unwritten` is about is the new one.
   */
  reopen(
    id: string,
    at: Date,
    lineId?: string,
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /**
   * Makes `operatorId` the owner when the session is `expected.sessionId` and its owner still `expected.ownerId`.
   * Null: it was not so. `answerBy`: when the router looks whether they have answered. `unanswered`: only if nobody has
   * answered since the owner before got it, who then had their turn. `role`: they have it as one of this role.
   */
  claim(
    id: string,
    expected: { sessionId: string; ownerId: string | null },
    operatorId: string,
    at: Date,
    why: string,
    more?: {
      answerBy?: Date;
      unanswered?: { since: Date };
      role?: { id: string; name: string };
    },
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** Takes the owner away: back to waiting. Same condition. */
  release(
    id: string,
    expected: { sessionId: string; ownerId: string },
    at: Date,
    why: string,
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** Null: it was closed already or another session. */
  close(
    id: string,
    expected: { sessionId: string },
    at: Date,
    by: string | null,
    outcome: string | null,
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** Lets somebody in who was invited, or joined silently. */
  join(
    id: string,
    sessionId: string,
    userId: string,
    as: 'guests' | 'watchers',
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** Takes them out again. */
  leave(
    id: string,
    sessionId: string,
    userId: string,
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** Replaces the tags, if they still are `before`. */
  setTags(
    id: string,
    before: readonly string[],
    tags: readonly string[],
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** Links a talk to the one it is a duplicate of. Null: it is linked already. */
  merge(id: string, merged: Merged): Promise<Conversation | null>;
  /** Takes the link away. Null: it was not linked to this one. */
  unmerge(id: string, into: string, unwritten?: Unwritten): Promise<Conversation | null>;
  /**
   * Goes on with the session that a merge has ended: with `ownerId`, or, for null, waiting since its beginning. Null: it
   * was not ended by one, or is another one now.
   */
  goOn(
    id: string,
    expected: { sessionId: string },
    ownerId: string | null,
    at: Date,
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** The duplicates of a talk, oldest first. */
  mergedInto(id: string): Promise<Conversation[]>;
  pin(id: string, userId: string, on: boolean): Promise<Conversation | null>;
  /**
   * Writes after an append: last message, seq, unread, times. A seq that is not greater than the stored one changes
   * nothing at all, so repeating it after a crash is harmless. Answers the conversation as it stands after.
   */
  bump(
    id: string,
    change: {
      seq: number;
      /** Absent for events, which a list does not show. */
      lastMessage?: LastMessage;
      unread: 'add' | 'clear' | 'keep';
      lastCustomerAt?: Date;
      firstAnswerAt?: Date;
    },
  ): Promise<Conversation | null>;
  markRead(id: string): Promise<Conversation | null>;
  setBlocked(id: string, blocked: boolean, unwritten?: Unwritten): Promise<Conversation | null>;
  setLead(id: string, leadId: string): Promise<Conversation | null>;
  setChat(id: string, chat: string): Promise<Conversation | null>;
  renameContact(contactId: string, name: string): Promise<void>;
  /** Stores what happened beside the talk and is to be written down in it. */
  note(id: string, unwritten: Unwritten): Promise<void>;
  /** All of a change is written down, and everybody has heard of it. */
  written(id: string, unwrittenId: string): Promise<void>;
  /** Talks with something of before `before` that is not: at most `limit`, in no order. */
  withUnwritten(before: Date, limit: number): Promise<Conversation[]>;
  /** Waiting sessions of a line, oldest first. */
  waiting(lineId: string, limit: number): Promise<Conversation[]>;
  linesWithWaiting(): Promise<string[]>;
  /** Open talks per operator, and how many of them on `lineId`. */
  loads(
    operatorIds: readonly string[],
    lineId: string | null,
  ): Promise<Map<string, { total: number; onLine: number }>>;
  /** Waiting and open talks of each line. */
  countsByLine(lineIds: readonly string[]): Promise<Map<string, { waiting: number; open: number }>>;
  /** Newest activity first. */
  list(
    filter: ConversationFilter,
    visibility: Visibility,
    page: PageRequest,
  ): Promise<PageOf<Conversation>>;
  /** Conversations with sessions past and present of one contact. */
  ofContact(contactId: string): Promise<Conversation[]>;
}

/** Ended sessions, kept for reports. Saving twice is the same. */
export interface SessionStore {
  archive(conversation: Conversation): Promise<void>;
  /** Oldest first. */
  ofConversation(conversationId: string): Promise<Session[]>;
  /** Adds a score, which is the one that counts from now on. Null: there is no such session. */
  score(id: string, score: Score): Promise<Session | null>;
}

/** Why a talk went where it went. */
export interface Decision {
  at: Date;
  conversationId: string;
  sessionId: string;
  act: 'assign' | 'offer' | 'wait' | 'skip';
  operatorId: string | null;
  why: string;
  excluded: { operatorId: string; why: string }[];
}
export interface DecisionStore {
  /** A `wait` equal to the last one of the session is not written again, nor one whose `id` is there. */
  record(decision: Decision & { id: string }): Promise<void>;
  ofConversation(conversationId: string, page: PageRequest): Promise<PageOf<Decision>>;
}

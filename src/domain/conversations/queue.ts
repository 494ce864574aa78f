import type { Unwritten } from './change.ts';
import type { Conversation, Offer } from './conversation.ts';

/** What a session was when somebody looked: a write passes only while it still is. */
export interface SeenSession {
  sessionId: string;
}

/** A talk that an operator has, or that is offered to them alone. `awaiting`: theirs, and its customer waits for an answer. */
export interface Occupied {
  conversationId: string;
  lineId: string;
  as: 'open' | 'awaiting' | 'offered';
}

/** A place kept for a talk that is just being given: by `until` it is given, or the place is free again. */
export interface Hold {
  id: string;
  conversationId: string;
  lineId: string;
  until: Date;
}

/** The places of one operator that are just being taken. `rev` grows with every hold, from 0. */
export interface Seat {
  rev: number;
  holds: Hold[];
}

/**
 * Keeps several processes from giving one operator more than they may have. Whoever wants to give a talk reads the seat,
 * **then** counts what the operator has, and holds a place only if nobody else has held one since: a conditional write.
 * What is counted is the talks themselves, so nothing can drift.
 */
export interface SeatStore {
  /** Everybody asked for is in it. */
  many(operatorIds: readonly string[]): Promise<Map<string, Seat>>;
  /** Holds a place if the seat is still at `rev`; those that ran out go. False: somebody else was faster. */
  hold(operatorId: string, rev: number, hold: Hold, now: Date): Promise<boolean>;
  /** The talk is given, or can not be: the place is as free as the talks say. */
  release(operatorId: string, holdId: string): Promise<void>;
}

/**
 * What the router does to sessions: each is one conditional write on one document, so that of several processes and
 * people one wins. `null`: it was not so any more, and nothing was changed. What a change is to leave behind
 * (`unwritten`) is stored with it.
 */
export interface QueueStore {
  /**
   * Talks of a line, not sent to a role, that one of `operatorIds` may get now, oldest first: ready ones, and resting ones that one of them
   * was not asked about in this round.
   */
  ready(lineId: string, operatorIds: readonly string[], limit: number): Promise<Conversation[]>;
  /** Waiting talks of a line that were sent to a role, oldest first. */
  forRoles(lineId: string, limit: number): Promise<Conversation[]>;
  /** The lines that have such. */
  linesForRoles(): Promise<string[]>;
  /** Open talks and offers by operator. Everybody asked for is in it. */
  occupancy(operatorIds: readonly string[]): Promise<Map<string, Occupied[]>>;
  /** Offers a ready or resting session; a `guest` is let see it, too. */
  offer(
    id: string,
    seen: SeenSession,
    offer: Offer,
    guest?: string,
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** The offer that ends at `until` is over: those it was for had their turn, the session is ready. */
  endOffer(
    id: string,
    seen: SeenSession & { until: Date },
    tried: readonly string[],
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** A waiting session's operator says no: tried; an offer to them alone is over. */
  decline(
    id: string,
    seen: SeenSession,
    operatorId: string,
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** Everybody was tried: the next round begins at `until`. */
  rest(
    id: string,
    seen: SeenSession,
    until: Date,
    why: string,
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** The rest is over: ready, nobody tried. */
  beginRound(id: string, seen: SeenSession): Promise<Conversation | null>;
  /** The owner has not answered and nobody else can have it: stays, is looked at again at `until`. */
  keep(
    id: string,
    seen: SeenSession & { ownerId: string },
    until: Date,
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** Notes the last decision on a waiting session, and that people were alerted for this kind of reason. */
  wait(
    id: string,
    seen: SeenSession,
    why: string,
    alerted?: string,
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** Puts an open session off. */
  snooze(
    id: string,
    seen: SeenSession,
    until: Date,
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** Ends it, whether its time has come or the customer wrote. */
  wake(id: string, seen: SeenSession, unwritten?: Unwritten): Promise<Conversation | null>;
  /** Takes a timer away that has nothing to do any more. */
  clearTimer(id: string, seen: SeenSession & { at: Date }): Promise<void>;
  /**
   * Puts a session into a line's queue, as new there, or, with `role`, into that of the role's people; `tried` does not
   * get it back in the first round.
   */
  move(
    id: string,
    seen: SeenSession & { ownerId: string | null },
    to: {
      lineId: string;
      at: Date;
      why: string;
      tried: readonly string[];
      role?: { id: string; name: string };
    },
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** Ready sessions that nobody has decided about: a process died before it could. At most `limit`. */
  untold(limit: number): Promise<Conversation[]>;
  /** Sessions whose timer is due, the earliest first. */
  due(now: Date, limit: number): Promise<Conversation[]>;
  /** When the next timer is due; null: there is none. */
  nextTimer(): Promise<Date | null>;
}

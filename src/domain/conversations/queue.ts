import type { Conversation, Offer } from './conversation.ts';

/** What a session was when somebody looked: a write passes only while it still is. */
export interface SeenSession {
  sessionId: string;
}

/** Talks of one operator on one line: open ones, those of them whose customer waits for an answer, ids of those offered. */
export interface Occupied {
  open: number;
  awaiting: number;
  offered: string[];
}

/**
 * What the router does to sessions: each is one conditional write on one document, so that of several processes and
 * people one wins. `null`: it was not so any more, and nothing was changed.
 */
export interface QueueStore {
  /**
   * Talks of a line that one of `operatorIds` may get now, oldest first: ready ones, and resting ones that one of them
   * was not asked about in this round.
   */
  ready(lineId: string, operatorIds: readonly string[], limit: number): Promise<Conversation[]>;
  /** Open talks and offers: operator → line → how many. Everybody asked for is in it. */
  occupancy(operatorIds: readonly string[]): Promise<Map<string, Map<string, Occupied>>>;
  /** Offers a ready or resting session; a `guest` is let see it, too. */
  offer(id: string, seen: SeenSession, offer: Offer, guest?: string): Promise<Conversation | null>;
  /** The offer that ends at `until` is over: those it was for had their turn, the session is ready. */
  endOffer(
    id: string,
    seen: SeenSession & { until: Date },
    tried: readonly string[],
  ): Promise<Conversation | null>;
  /** A waiting session's operator says no: tried; an offer to them alone is over. */
  decline(id: string, seen: SeenSession, operatorId: string): Promise<Conversation | null>;
  /** Everybody was tried: the next round begins at `until`. */
  rest(id: string, seen: SeenSession, until: Date, why: string): Promise<Conversation | null>;
  /** The rest is over: ready, nobody tried. */
  beginRound(id: string, seen: SeenSession): Promise<Conversation | null>;
  /** The owner has not answered and nobody else can have it: stays, is looked at again at `until`. */
  keep(
    id: string,
    seen: SeenSession & { ownerId: string },
    until: Date,
  ): Promise<Conversation | null>;
  /** Notes the last decision on a waiting session, and that people were alerted for this kind of reason. */
  wait(id: string, seen: SeenSession, why: string, alerted?: string): Promise<Conversation | null>;
  /** Puts an open session off. */
  snooze(id: string, seen: SeenSession, until: Date): Promise<Conversation | null>;
  /** Ends it, whether its time has come or the customer wrote. */
  wake(id: string, seen: SeenSession): Promise<Conversation | null>;
  /** Takes a timer away that has nothing to do any more. */
  clearTimer(id: string, seen: SeenSession & { at: Date }): Promise<void>;
  /** Puts a session into another line's queue, as new there; `tried` does not get it back in the first round. */
  move(
    id: string,
    seen: SeenSession & { ownerId: string | null },
    to: { lineId: string; at: Date; why: string; tried: readonly string[] },
  ): Promise<Conversation | null>;
  /** Ready sessions that nobody has decided about: a process died before it could. At most `limit`. */
  untold(limit: number): Promise<Conversation[]>;
  /** Sessions whose timer is due, the earliest first. */
  due(now: Date, limit: number): Promise<Conversation[]>;
  /** When the next timer is due; null: there is none. */
  nextTimer(): Promise<Date | null>;
}

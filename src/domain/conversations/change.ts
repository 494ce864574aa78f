import type { Actor, DomainEvent } from '../events/events.ts';
import type { Decision } from './conversation.ts';

type SessionEvent = Extract<
  DomainEvent,
  { type: `session.${string}` | 'conversation.changed' | 'conversation.created' }
>;
type Without<E> = E extends unknown ? Omit<E, 'conversation' | 'by' | 'why'> : never;

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
  /** Only the timeline tells of it, not the talk. */
  silent?: boolean;
  /** What listeners hear of it, besides the event in the talk. */
  tells?: Without<SessionEvent>;
}

/** Why a talk went where it went. */
export type Verdict = Pick<Decision, 'act' | 'operatorId' | 'why' | 'excluded'>;

/**
 * What is still to be written down of a change. It is stored in the talk by the very write that makes the change, and
 * taken out when everybody has heard of it: a crash between leaves it for whoever looks next. Each part of it has its id,
 * so that writing it twice is writing it once.
 */
export interface Unwritten {
  /** Of the timeline's entry; the event in the talk has its key from it. */
  id: string;
  at: Date;
  sessionId: string;
  /** Null: nothing but decisions. */
  change: SessionChange | null;
  /** Who was left out (`excluded`) may be hundreds, and is not kept in the talk: after a crash nobody knows it. */
  decisions: (Verdict & { id: string })[];
}

import type { z } from 'zod';

/** What a flow may know when it decides whether to begin, and at each of its turns. */
export interface FlowFacts {
  /** The customer never had a session before. */
  firstContact: boolean;
  /** The customer came back: there were sessions before this one. */
  reopened: boolean;
  lineOpen: boolean;
  /** Operators of the line who are online. */
  operatorsFree: number;
  /** BCP 47. */
  language: string | null;
  contact: { hasName: boolean; hasPhone: boolean; hasEmail: boolean };
  /** Place in the line's queue, from 1; null: somebody has the talk, or it is closed. */
  position: number | null;
  /** How the session ended, e.g. `won`, `spam`; null while it is open or when nobody said. */
  outcome: string | null;
}

/** What can happen to a running flow. An operator's answer is not among it: it ends the flow at once. */
export type FlowEvent =
  | { kind: 'begin' }
  | { kind: 'text'; text: string }
  | { kind: 'button'; value: string }
  | { kind: 'timeout' }
  /** Every operator who could was asked, and nobody took the talk. */
  | { kind: 'unanswered' };

/** What a flow wants done. Each is done once, however often the process dies meanwhile. */
export type FlowEffect =
  | { do: 'say'; text: string; buttons?: { label: string; value: string }[] }
  | { do: 'set-contact'; field: 'name' | 'phone' | 'email'; value: string }
  /** The customer agreed to this text. */
  | { do: 'consent'; text: string }
  | { do: 'rate'; score: number; comment?: string }
  /** Adds a tag to the talk. */
  | { do: 'tag'; tag: string }
  /** To the people now: what waits in the line's list before them is left out. */
  | { do: 'queue' }
  /** To the people of another line; a line that is gone counts as `queue`. */
  | { do: 'line'; lineId: string }
  | { do: 'close'; outcome: string }
  /** A `timeout` follows unless something else happens before; counts anew with each turn. */
  | { do: 'wait'; ms: number };

/** One step of a flow: the new state and what to do; `done` ends it. */
export interface FlowTurn<S> {
  state: S;
  effects: FlowEffect[];
  done?: boolean;
  /** What the customer wrote was not for this flow: it goes on as if no flow were there. */
  pass?: boolean;
}

/** A scripted part of a talk. Pure: state and event in, state and effects out. */
export interface Flow<C = unknown, S = unknown> {
  /** Folder name; stored with lines and talks. */
  name: string;
  /** Grows with each change of its states: a talk goes on with the version it began with, as long as that exists. */
  version: number;
  title: string;
  /** What it does, in a sentence for administrators. */
  summary: string;
  /**
   * `opened`: when the customer begins a session, one after another in the line's order. `queued`: when the talk waits
   * for a person, all at once. `closed`: when it was closed, one after another.
   */
  begins: 'opened' | 'queued' | 'closed';
  /** Whether operators are asked only when it is done. Default false. */
  holds?(config: C): boolean;
  config: z.ZodType<C>;
  state: z.ZodType<S>;
  initial: S;
  applies(facts: FlowFacts, config: C): boolean;
  turn(state: S, event: FlowEvent, config: C, facts: FlowFacts): FlowTurn<S>;
}

/** Declares a flow; only checks types. */
export function defineFlow<C, S>(flow: Flow<C, S>): Flow<C, S> {
  return flow;
}

import type { z } from 'zod';

/** What a flow may know when it decides whether to begin. */
export interface FlowFacts {
  firstContact: boolean;
  reopened: boolean;
  lineOpen: boolean;
  operatorsFree: number;
  language: string | null;
  contact: { hasName: boolean; hasPhone: boolean; hasEmail: boolean };
}

/** What can happen to a running flow. */
export type FlowEvent =
  | { kind: 'begin' }
  | { kind: 'text'; text: string }
  | { kind: 'button'; value: string }
  | { kind: 'timeout' }
  | { kind: 'operator-answered' };

/** What a flow wants done. */
export type FlowEffect =
  | { do: 'say'; text: string; buttons?: { label: string; value: string }[] }
  | { do: 'set-contact'; field: 'name' | 'phone' | 'email'; value: string }
  | { do: 'rate'; score: number; comment?: string }
  | { do: 'queue' }
  | { do: 'close'; outcome: string }
  | { do: 'wait'; ms: number };

/** One step of a flow: the new state and what to do; `done` ends it. */
export interface FlowTurn<S> {
  state: S;
  effects: FlowEffect[];
  done?: boolean;
}

/** A scripted part of a talk. Pure: state and event in, state and effects out. */
export interface Flow<C, S> {
  name: string;
  version: number;
  config: z.ZodType<C>;
  state: z.ZodType<S>;
  initial: S;
  applies(facts: FlowFacts, config: C): boolean;
  turn(state: S, event: FlowEvent, config: C): FlowTurn<S>;
}

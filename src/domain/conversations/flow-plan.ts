import type { FlowEffect } from '../../contract/flow.ts';
import type { Unwritten } from './change.ts';
import type { Conversation } from './conversation.ts';

/** One flow of a session, with the settings and the version it had when the session opened. */
export interface FlowRun {
  name: string;
  version: number;
  config: unknown;
  begins: 'opened' | 'queued' | 'closed';
  status: 'next' | 'running' | 'ended';
  state: unknown;
  /** When it hears `timeout`; null: it waits for nothing but the customer. */
  dueAt: Date | null;
}

/** Something that a flow wants done, under a key that makes doing it twice the same. */
export interface FlowTask {
  key: string;
  effect: Exclude<FlowEffect, { do: 'wait' }>;
}

/** All flows of one session and where they stand. Lives inside the session: a step is one conditional write. */
export interface FlowPlan {
  /** Counts the steps; a step is written only over the one before it. */
  step: number;
  /** The last message of the customer that was handed to a flow. */
  seenSeq: number;
  runs: FlowRun[];
  /** Decided, not done yet. */
  tasks: FlowTask[];
  /** When it must be looked at: the next timeout, or a task that a crash may have cut off; null: never. */
  wakeAt: Date | null;
}

/** What a customer said at the end. */
export interface Rating {
  /** 1 to 5. */
  score: number;
  comment: string | null;
  at: Date;
}

/** A text that the customer agreed to. */
export interface Consent {
  text: string;
  at: Date;
}

/** Flow plans and what they leave, inside the conversations. Each method is one conditional write; null: it was not so. */
export interface FlowStore {
  /** Writes the first plan of a session that has none; `held`: operators are not asked meanwhile. */
  begin(id: string, sessionId: string, plan: FlowPlan, held: boolean): Promise<Conversation | null>;
  /** Writes a step over the one before. `release`: operators are asked from now on. */
  step(
    id: string,
    sessionId: string,
    plan: FlowPlan,
    release: boolean,
  ): Promise<Conversation | null>;
  /** Takes out tasks that are done, and sets when to look again. */
  done(id: string, sessionId: string, step: number, wakeAt: Date | null): Promise<void>;
  rate(
    id: string,
    sessionId: string,
    rating: Rating,
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  consent(
    id: string,
    sessionId: string,
    consent: Consent,
    unwritten?: Unwritten,
  ): Promise<Conversation | null>;
  /** Conversations whose flows are to be looked at. */
  due(now: Date, limit: number): Promise<Conversation[]>;
  /** How many talks of the line wait longer than since `waitingSince`. */
  ahead(lineId: string, waitingSince: Date): Promise<number>;
}

import type { Conversation } from './conversation.ts';

/** A time by which something should have happened, in the line's working time. */
export interface Target {
  kind: 'first-answer' | 'next-answer' | 'resolution';
  startedAt: Date;
  warnAt: Date;
  dueAt: Date;
  /** When it happened; null: not yet. */
  metAt: Date | null;
  /** What people were told: nothing, that it comes near, that it is over. */
  told: 'nothing' | 'warned' | 'alerted';
}

/** Targets inside the sessions. */
export interface TargetStore {
  /**
   * Replaces the targets of a session; `wakeAt`: when one is to be told of, null: none. Only if `expected` steps were
   * made before; null: somebody else was faster, or it is another session.
   */
  write(
    id: string,
    sessionId: string,
    expected: number,
    targets: readonly Target[],
    wakeAt: Date | null,
  ): Promise<Conversation | null>;
  /** Conversations with a target to tell of. */
  due(now: Date, limit: number): Promise<Conversation[]>;
  /** Answered talks of a line in which nothing has happened since `cutOff`, our side spoke last. */
  silent(lineId: string, cutOff: Date, limit: number): Promise<Conversation[]>;
}

/** The targets of a session, counted, so that two writers see each other. */
export interface TargetSheet {
  step: number;
  items: Target[];
  wakeAt: Date | null;
}

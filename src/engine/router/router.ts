import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { PlaceHeld, PlaceRefused } from './roster.ts';

/** Gives waiting talks to operators: oldest first, by event; a sweep is only the safety net. */
export interface Router {
  /** Something changed that may let a waiting talk of this line go on; `conversationId`: this one is new there. Returns at once. */
  consider(lineId: string, conversationId?: string): void;
  /** Every line that has waiting talks, with all facts read anew; and the timers that are due. */
  sweep(): Promise<void>;
  /** Acts on timers that are due: offers that ended, answers that did not come, rests and snoozes that are over. */
  due(): Promise<void>;
  /** Who of these people can best get a talk of a line now: present, with room, least busy. Or why nobody can. */
  best(
    lineId: string,
    operatorIds: readonly string[],
  ): Promise<{ operatorId: string; why: string } | { operatorId: null; why: string }>;
  /**
   * Holds a place for a talk that a person takes, or gives to somebody, until it is written theirs; released by whoever
   * asked for it. `within` their capacity: refused when they have none left; otherwise `beyond` says when it is over it.
   */
  hold(
    talk: Pick<Conversation, 'id' | 'lineId'>,
    operatorId: string,
    within: boolean,
  ): Promise<(PlaceHeld & { beyond: string | null }) | PlaceRefused>;
  /** Resolves when no event is being followed and no line considered, and the next timer is set. */
  idle(): Promise<void>;
  /** Sets no timer any more. */
  stop(): void;
}

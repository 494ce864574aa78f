/** A talk that waits for an operator, as a strategy sees it. */
export interface RoutingRequest {
  conversationId: string;
  sessionId: string;
  lineId: string;
  waitingSince: Date;
  /** Operators who were offered this session already or skipped it. */
  tried: readonly string[];
}

/** An operator who may take it: present, free, allowed. */
export interface Candidate {
  operatorId: string;
  /** Place in the line's list, from 0. */
  position: number;
  /** Open talks that count, over all lines. */
  load: number;
  /** When a talk of this line was last given to them; null: never. */
  lastTurnAt: Date | null;
}

/** What a strategy decides; `why` is read by people. */
export type RoutingDecision =
  | { act: 'assign'; operatorId: string; why: string }
  | { act: 'offer'; operatorIds: string[]; why: string }
  | { act: 'wait'; why: string };

/** Chooses among candidates. Pure. `candidates` is in the line's order and never empty. */
export interface Strategy {
  name: 'evenly' | 'strictly' | 'all' | 'least_busy';
  pick(request: RoutingRequest, candidates: readonly Candidate[]): RoutingDecision;
}

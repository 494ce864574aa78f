/** Gives waiting talks to operators: oldest first, by event; a sweep is only the safety net. */
export interface Router {
  /** Something changed that may let a waiting talk of this line go on. Returns at once. */
  consider(lineId: string): void;
  /** Every line that has waiting talks. */
  sweep(): Promise<void>;
  /** Resolves when no line is being considered. */
  idle(): Promise<void>;
}

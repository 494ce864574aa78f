/** The way out: takes queued messages to their providers. */
export interface Delivery {
  /** There is (or may be) something to send in this conversation. Returns at once. */
  wake(conversationId: string): void;
  /** Looks for due and abandoned messages; what timers and restarts call. */
  sweep(): Promise<void>;
  /** Stops taking new work; resolves when the sends under way have ended. */
  stop(): Promise<void>;
  /** Resolves when no send is under way. */
  idle(): Promise<void>;
}

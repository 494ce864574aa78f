/** Thrown by a write outside transactions that meets something a transaction holds: wait, then do it again. */
export class HeldByTransaction extends Error {
  /** Resolves when the holder is over. */
  readonly over: Promise<void>;

  constructor(over: Promise<void>) {
    super('held by a transaction');
    this.name = 'HeldByTransaction';
    this.over = over;
  }
}

/** Runs work one after another per key, and at once over different keys. Holds nothing for idle keys. */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Runs `work` when all earlier work of `key` has ended, whatever its result. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    const tail: Promise<void> = mine.then(
      () => this.#drop(key, tail),
      () => this.#drop(key, tail),
    );
    this.#tails.set(key, tail);
    return mine;
  }

  /** Keys with work under way. */
  get size(): number {
    return this.#tails.size;
  }

  #drop(key: string, tail: Promise<unknown>): void {
    if (this.#tails.get(key) === tail) this.#tails.delete(key);
  }
}

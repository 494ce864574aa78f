/** How many of something one key may do in a window. */
export interface Rate {
  most: number;
  windowMs: number;
}

const SWEEP_AT = 10_000;

/**
 * Counts in memory: a restart forgives everybody, which is harmless for what only spares the server. What must survive
 * a restart is counted in the database.
 */
export class Rates {
  readonly #windows = new Map<string, { count: number; endsAt: number }>();

  /** Null: go on. Otherwise how long to wait, in ms. */
  hit(key: string, { most, windowMs }: Rate, now: number): number | null {
    const window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      if (this.#windows.size >= SWEEP_AT) this.#sweep(now);
      this.#windows.set(key, { count: 1, endsAt: now + windowMs });
      return null;
    }
    window.count += 1;
    return window.count > most ? window.endsAt - now : null;
  }

  #sweep(now: number): void {
    for (const [key, { endsAt }] of this.#windows) if (endsAt <= now) this.#windows.delete(key);
  }
}

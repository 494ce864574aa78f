import type { Clock } from '../../src/base/clock.ts';

/** A clock that stands still until it is moved. */
export class SetClock implements Clock {
  #now: Date;

  constructor(now: Date | string = '2026-11-02T10:00:00Z') {
    this.#now = new Date(now);
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Moves on by so many milliseconds. */
  advance(ms: number): void {
    this.#now = new Date(this.#now.getTime() + ms);
  }

  set(now: Date | string): void {
    this.#now = new Date(now);
  }
}

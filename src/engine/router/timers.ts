import { messageOf } from '../../base/errors.ts';
import type { RouterParts } from './queue.ts';
import type { Router } from './router.ts';

/** Wakes the router when the next timer of a session is due, or a line opens. The database keeps the times. */
export interface Timers {
  /** Looks up the next one. */
  arm(): void;
  /** A line that has waiting talks opens then. */
  opens(lineId: string, at: Date | null): void;
  /** Resolves when the next one is known. */
  idle(): Promise<void>;
  stop(): void;
}

/** Longer times are looked at again: a clock may be set meanwhile. */
const LONGEST_MS = 3_600_000;
/** A timer that fires a little early would find nothing due. */
const MARGIN_MS = 5;

/** None are set yet. */
export function createTimers(
  { stores, clock, log }: Pick<RouterParts, 'stores' | 'clock' | 'log'>,
  { due, consider }: Pick<Router, 'due' | 'consider'>,
): Timers {
  let next: NodeJS.Timeout | undefined;
  const openings = new Map<string, NodeJS.Timeout>();
  let armed = false;
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;
  const failed = (error: unknown): void =>
    log.warn({ error: messageOf(error) }, 'timers wait for the next sweep');
  const wait = (at: Date, work: () => void): NodeJS.Timeout => {
    const ms = at.getTime() - clock.now().getTime() + MARGIN_MS;
    return setTimeout(work, Math.min(Math.max(ms, MARGIN_MS), LONGEST_MS)).unref();
  };

  const look = async (): Promise<void> => {
    // A pass may have set many: they are looked up once.
    await new Promise((resolve) => setImmediate(resolve));
    armed = false;
    if (stopped) return;
    const at = await stores.queue.nextTimer();
    clearTimeout(next);
    if (at && !stopped) next = wait(at, () => void due().catch(failed));
  };

  return {
    arm() {
      if (armed || stopped) return;
      armed = true;
      looking = look().catch(failed);
    },
    opens(lineId, at) {
      clearTimeout(openings.get(lineId));
      if (at && !stopped)
        openings.set(
          lineId,
          wait(at, () => consider(lineId)),
        );
      else openings.delete(lineId);
    },
    async idle() {
      for (let seen: Promise<void> | null = null; seen !== looking; ) {
        seen = looking;
        await seen;
      }
    },
    stop() {
      stopped = true;
      clearTimeout(next);
      for (const opening of openings.values()) clearTimeout(opening);
    },
  };
}

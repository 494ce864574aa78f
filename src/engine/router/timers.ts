import { messageOf } from '../../base/errors.ts';
import type { RouterParts } from './queue.ts';
import type { Router } from './router.ts';

/** Wakes the router when the next timer of a session is due, or a line opens. The database keeps the times. */
export interface Timers {
  /** Looks up the next one. */
  arm(): void;
  /** A line that has waiting talks opens then. */
  opens(lineId: string, at: Date | null): void;
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
  let arming = false;
  let stopped = false;
  const failed = (error: unknown): void =>
    log.warn({ error: messageOf(error) }, 'timers wait for the next sweep');
  const wait = (at: Date, work: () => void): NodeJS.Timeout => {
    const ms = at.getTime() - clock.now().getTime() + MARGIN_MS;
    return setTimeout(work, Math.min(Math.max(ms, MARGIN_MS), LONGEST_MS)).unref();
  };

  const look = async (): Promise<void> => {
    const at = await stores.queue.nextTimer();
    clearTimeout(next);
    if (at && !stopped) next = wait(at, () => void due().catch(failed));
  };

  return {
    arm() {
      if (arming || stopped) return;
      arming = true;
      // A pass may have set many: they are looked up once.
      setImmediate(() => {
        arming = false;
        if (!stopped) look().catch(failed);
      });
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
    stop() {
      stopped = true;
      clearTimeout(next);
      for (const opening of openings.values()) clearTimeout(opening);
    },
  };
}

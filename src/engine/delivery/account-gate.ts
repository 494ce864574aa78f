/** Keeps an account within its provider's pace: parallel sends, sends a second, and waits the provider asked for. */
export interface AccountGate {
  /** Resolves when one more send may start; call the answer when it has ended. */
  enter(): Promise<() => void>;
  /** Nothing starts for so many ms: the provider said so. */
  hold(ms: number): void;
}

/** A gate of `parallel` sends at once and at most `perSecond` a second. */
export function createAccountGate(options: { parallel: number; perSecond: number }): AccountGate {
  const gapMs = 1000 / options.perSecond;
  const waiting: (() => void)[] = [];
  let running = 0;
  let nextAt = 0;
  let timer: NodeJS.Timeout | null = null;

  const pump = (): void => {
    timer = null;
    while (waiting.length > 0 && running < options.parallel) {
      const now = performance.now();
      if (nextAt - now > 1) {
        timer = setTimeout(pump, nextAt - now);
        return;
      }
      nextAt = Math.max(now, nextAt) + gapMs;
      running++;
      waiting.shift()?.();
    }
  };

  return {
    enter() {
      return new Promise((resolve) => {
        waiting.push(() =>
          resolve(() => {
            running--;
            if (!timer) pump();
          }),
        );
        if (!timer) pump();
      });
    },
    hold(ms) {
      nextAt = Math.max(nextAt, performance.now() + ms);
    },
  };
}

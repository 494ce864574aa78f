import { me, session } from '../state/session.ts';
import { sayActive, sayLooking } from './socket.ts';

/** Between two words about a person who is busy. */
const EVERY_MS = 20_000;
const WEAK = ['pointermove', 'wheel', 'scroll', 'focus'] as const;
const STRONG = ['pointerdown', 'keydown'] as const;

/** Much oftener than the time after which somebody counts as idle. */
const everyMs = (): number =>
  Math.min(EVERY_MS, ((session.peek()?.company.idleMinutes ?? 0) * 60_000) / 3);

/**
 * Tells the server that this device is touched, and whether the page is looked at. Who counts as idle comes back by a
 * click or a key: a table that is pushed moves a mouse, too. Loading the page is a touch.
 */
export function followActivity(): { connected(): void; stop(): void } {
  let touchedAt = performance.now();
  let saidAt = Number.NEGATIVE_INFINITY;
  const say = () => {
    saidAt = performance.now();
    sayActive();
  };
  const touched = (strong: boolean) => {
    const idle = me.peek()?.away?.kind === 'idle';
    if (idle && !strong) return;
    touchedAt = performance.now();
    if (idle || touchedAt - saidAt >= everyMs()) say();
  };
  const strong = () => touched(true);
  const looked = () => {
    const shown = document.visibilityState === 'visible';
    sayLooking(shown && document.hasFocus(), shown);
  };
  const weak = () => touched(false);

  const options = { capture: true, passive: true };
  for (const name of STRONG) window.addEventListener(name, strong, options);
  for (const name of WEAK) window.addEventListener(name, weak, options);
  window.addEventListener('focus', looked);
  window.addEventListener('blur', looked);
  document.addEventListener('visibilitychange', looked);
  return {
    connected() {
      looked();
      if (performance.now() - touchedAt < EVERY_MS) say();
    },
    stop() {
      for (const name of STRONG) window.removeEventListener(name, strong, options);
      for (const name of WEAK) window.removeEventListener(name, weak, options);
      window.removeEventListener('focus', looked);
      window.removeEventListener('blur', looked);
      document.removeEventListener('visibilitychange', looked);
    },
  };
}

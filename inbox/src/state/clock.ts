import { signal } from '@preact/signals';

/** The time now in ms, changing every five seconds while the page is seen: what ticks reads it. */
export const now = signal(Date.now());

setInterval(() => {
  if (!document.hidden) now.value = Date.now();
}, 5000);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) now.value = Date.now();
});

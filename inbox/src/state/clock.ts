import { signal } from '@preact/signals';

/** The time now in ms, changing every five seconds while the page is seen: what ticks reads it. */
export const now = signal(Date.now());

setInterval(() => {
  if (!document.hidden) now.value = Date.now();
}, 5000);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) now.value = Date.now();
});

let timer = 0;
/** As `now`, but every second: for what runs out soon. It ticks only while something shows it. */
export const seconds = signal(Date.now(), {
  watched() {
    this.value = Date.now();
    timer = window.setInterval(() => {
      seconds.value = Date.now();
    }, 1000);
  },
  unwatched() {
    clearInterval(timer);
  },
});

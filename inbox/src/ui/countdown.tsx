import { seconds } from '../state/clock.ts';
import { countdown } from '../text/when.ts';

/** What is left until a moment; ticks every second, and is not read aloud each time. */
export function Countdown({ until }: { until: string }) {
  return (
    <span class="countdown" aria-hidden="true">
      {countdown(until, seconds.value)}
    </span>
  );
}

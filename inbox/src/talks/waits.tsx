import { now } from '../state/clock.ts';
import { text } from '../text/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Ticking } from '../ui/time.tsx';

const LONG_MS = 5 * 60_000;
const LATE_MS = 15 * 60_000;

/** How long the customer waits already; louder the longer. */
export function Waits({ since }: { since: string }) {
  const ms = now.value - Date.parse(since);
  const tone = ms > LATE_MS ? 'late' : ms > LONG_MS ? 'long' : '';
  return (
    <span class={`waits ${tone}`}>
      <Icon name="clock" small label={text.talks.waits('')} />
      <Ticking since={since} />
    </span>
  );
}

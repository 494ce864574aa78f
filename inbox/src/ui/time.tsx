import { now } from '../state/clock.ts';
import { fullTime, relative, shortTime, span } from '../text/time.ts';

/** A moment, short, with the full time as a title. */
export function ShortTime({ at }: { at: string }) {
  return (
    <time dateTime={at} title={fullTime(at)}>
      {shortTime(at, now.value)}
    </time>
  );
}
/** How far away a moment is; ticks. */
export function Relative({ at }: { at: string }) {
  return (
    <time dateTime={at} title={fullTime(at)}>
      {relative(at, now.value)}
    </time>
  );
}
/** How long something lasts already; ticks. */
export function Ticking({ since }: { since: string }) {
  return <>{span(since, now.value)}</>;
}

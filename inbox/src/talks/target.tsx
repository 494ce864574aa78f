import type { ConversationView, TargetView } from '../../../src/contract/wire.ts';
import { now, seconds } from '../state/clock.ts';
import { text } from '../text/index.ts';
import { fullTime, span } from '../text/time.ts';
import { countdown } from '../text/when.ts';
import { Icon } from '../ui/icon.tsx';

const words = text.targets;
/** From here on it is shown by the second. */
const SOON_MS = 5 * 60_000;

/** The promise that runs out first, of those not kept yet. */
function nextTarget(talk: ConversationView): TargetView | null {
  if (talk.state === 'closed') return null;
  const running = (talk.targets ?? []).filter(({ state, metAt }) => state !== 'met' && !metAt);
  return running.sort((one, other) => one.dueAt.localeCompare(other.dueAt))[0] ?? null;
}

function Left({ dueAt }: { dueAt: string }) {
  const left = Date.parse(dueAt) - now.value;
  if (left <= 0) return <>+{span(dueAt, now.value)}</>;
  if (left < SOON_MS) return <>{countdown(dueAt, seconds.value)}</>;
  return <>{span(new Date(now.value).toISOString(), Date.parse(dueAt))}</>;
}

/** What is left until the next promise: calm, then a warning, then an alarm. */
export function Target({ talk, quiet }: { talk: ConversationView; quiet?: boolean }) {
  const target = nextTarget(talk);
  if (!target) return null;
  const over = target.state === 'missed' || Date.parse(target.dueAt) <= now.value;
  const near = target.state === 'near';
  // In a list only what asks for something to be done.
  if (quiet && !over && !near) return null;
  const name = words.kind[target.kind];
  return (
    <span
      class={over ? 'target late' : near ? 'target near' : 'target'}
      title={`${name}: ${over ? words.missed : words.due} ${fullTime(target.dueAt)}`}
    >
      <Icon name={over ? 'warning' : 'target'} small label={name} />
      <Left dueAt={target.dueAt} />
    </span>
  );
}

/** What the customer said at the end. */
export function Rating({ talk }: { talk: Pick<ConversationView, 'rating'> }) {
  return talk.rating ? <Stars {...talk.rating} /> : null;
}

/** One to five stars. */
export function Stars({ score, comment }: { score: number; comment: string | null }) {
  return (
    <span class="rating" title={comment ?? undefined}>
      <span aria-hidden="true">
        {'★'.repeat(score)}
        {'☆'.repeat(Math.max(0, 5 - score))}
      </span>
      <span class="hidden-text">{words.rating(score)}</span>
    </span>
  );
}

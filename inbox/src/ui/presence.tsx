import type { AwayView, UserView } from '../../../src/contract/wire.ts';
import { text } from '../text/index.ts';
import { nearTime } from '../text/time.ts';

type Present = Pick<UserView, 'presence' | 'away'>;

/** Since or until when, if that is known. */
export function awayWhen({ since, until }: AwayView): string | null {
  if (until) return text.away.until(nearTime(until));
  return since ? text.away.since(nearTime(since)) : null;
}

const isAway = ({ presence, away }: Present): boolean => presence === 'online' && Boolean(away);

/** Where somebody is, in a word. */
export const presenceWord = (user: Present): string =>
  isAway(user) ? text.away.word : text.presence[user.presence];

/** Where somebody is, as a dot; why, under the mouse. */
export function PresenceDot({ user }: { user: Present }) {
  const { presence, away } = user;
  const title = away
    ? [text.away.kinds[away.kind], awayWhen(away)].filter(Boolean).join(' ')
    : text.presence[presence];
  return <span class={`dot ${isAway(user) ? 'away' : presence}`} title={title} />;
}

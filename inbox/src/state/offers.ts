import { computed, signal } from '@preact/signals';
import type { ConversationView } from '../../../src/contract/wire.ts';
import { seconds } from './clock.ts';
import { lines } from './people.ts';
import { me } from './session.ts';
import { onTalk, talkSignal } from './talks.ts';

/** Whether a talk is offered to the reader: to them alone, or to everybody of a line that is theirs. */
export function offeredToMe(talk: ConversationView, meId: string | undefined): boolean {
  if (!talk.offer || talk.state !== 'waiting' || meId === undefined) return false;
  if (talk.offer.operatorId !== null) return talk.offer.operatorId === meId;
  return (
    lines.peek()?.some(({ id, members }) => id === talk.lineId && members.includes(meId)) ?? false
  );
}

const ids = signal<readonly string[]>([]);

/** Talks offered to the reader now; the one that runs out first stands first. */
export const offers = computed<readonly ConversationView[]>(() => {
  if (ids.value.length === 0) return [];
  return ids.value
    .flatMap((id) => talkSignal(id).value ?? [])
    .filter(({ offer }) => offer && Date.parse(offer.until) > seconds.value)
    .sort((one, other) => (one.offer?.until ?? '').localeCompare(other.offer?.until ?? ''));
});

/**
 * Watches for offers. `onOffer` runs once for each new one.
 * Returns how to stop.
 */
export function watchOffers(onOffer: (talk: ConversationView) => void): () => void {
  const told = new Map<string, string>();
  const stop = onTalk((talk, id) => {
    const mine = talk !== null && offeredToMe(talk, me.peek()?.id);
    const held = ids.peek().includes(id);
    if (mine && !held) ids.value = [...ids.peek(), id];
    if (!mine && held) ids.value = ids.peek().filter((other) => other !== id);
    const until = talk?.offer?.until;
    if (!mine || until === undefined || told.get(id) === until) return;
    told.set(id, until);
    if (Date.parse(until) > Date.now()) onOffer(talk);
  });
  return () => {
    stop();
    ids.value = [];
  };
}

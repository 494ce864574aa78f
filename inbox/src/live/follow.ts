import type { MessageView, StaffEvents } from '../../../src/contract/wire.ts';
import { asApiError } from '../api/http.ts';
import { readSession } from '../api/session.ts';
import { takeViewers, takeWriting } from '../state/attention.ts';
import { takeNotice } from '../state/notices.ts';
import { recoverDrafts, takeDraft } from '../state/drafts.ts';
import { recordsChanged } from '../state/records.ts';
import { watchOffers } from '../state/offers.ts';
import { pumpAll } from '../state/outbox.ts';
import { loadLines, putChannel, putPresence } from '../state/people.ts';
import { dropTalk, refreshLists } from '../state/talks.ts';
import { recoverThreads, takeConversation, takeMessage } from '../state/threads.ts';
import { tell } from '../state/toasts.ts';
import { countTroubles, noteTrouble } from '../state/troubles.ts';
import { dateTime } from '../text/time.ts';
import { alertOf, alertOffer } from './alerts.ts';
import { followActivity } from './activity.ts';
import { openLink } from './socket.ts';

const take = (message: MessageView, at: string) => {
  takeMessage(message, at);
  noteTrouble(message);
};
const takeNew = (message: MessageView, at: string) => {
  take(message, at);
  alertOf(message);
};

/** The server says instants; people read the time of their own clock. */
const inOwnZone = (sentence: string): string =>
  sentence.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z/g, dateTime);

const handlers: { [K in keyof StaffEvents]: StaffEvents[K] } = {
  message: ({ message, at }) => takeNew(message, at),
  messageChanged: ({ message, at }) => take(message, at),
  conversation: ({ conversation }) => takeConversation(conversation),
  conversationGone: ({ conversationId }) => dropTalk(conversationId),
  typing: ({ conversationId, who, on, note }) => takeWriting(conversationId, who, on, note),
  viewers: takeViewers,
  presence: ({ userId, state, load, away }) => putPresence(userId, state, load, away ?? null),
  channel: ({ channel }) => putChannel(channel),
  crm: ({ changes }) => recordsChanged(changes),
  draft: takeDraft,
  notice: ({ tone, title, text, conversationId }) => {
    const said = inOwnZone(text);
    tell(tone, title, said, conversationId);
    takeNotice({ tone, title, text: said, conversationId: conversationId ?? null });
  },
};

/** Asks who we are: when nobody any more, the call itself leads to the sign-in. Else the lost link is shown already. */
async function checkSession(): Promise<void> {
  await readSession().catch(asApiError);
}

/** Follows everything live; after every connection all that may have been missed is fetched. Returns how to stop. */
export function follow(): () => void {
  const activity = followActivity();
  const onLive = (again: boolean) => {
    activity.connected();
    void recoverThreads();
    pumpAll();
    void recoverDrafts();
    if (!again) return;
    void refreshLists();
    void countTroubles();
    void loadLines();
  };
  const stopOffers = watchOffers(alertOffer);
  const close = openLink(handlers, onLive, () => void checkSession());
  return () => {
    stopOffers();
    activity.stop();
    close();
  };
}

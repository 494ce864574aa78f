import { useState } from 'preact/hooks';
import type { ConversationView } from '../../../src/contract/wire.ts';
import { skipTalk, takeTalk } from '../api/talks.ts';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { offeredToMe, offers } from '../state/offers.ts';
import { me } from '../state/session.ts';
import { putTalk } from '../state/talks.ts';
import { refreshDetail, takeConversation } from '../state/threads.ts';
import { attempt } from '../state/toasts.ts';
import { seconds } from '../state/clock.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { Icon } from '../ui/icon.tsx';

const words = text.acts;
/** As many offers as fit above a list without hiding it. */
const SHOWN = 3;

function Answers({ talk, small }: { talk: ConversationView; small?: boolean }) {
  const [busy, setBusy] = useState<'accept' | 'skip' | null>(null);
  const accept = async () => {
    setBusy('accept');
    const view = await attempt(takeTalk(talk.id));
    if (view) {
      takeConversation(view);
      navigate(to.inbox('mine', talk.id));
    }
    await refreshDetail(talk.id);
    setBusy(null);
  };
  const skip = async () => {
    setBusy('skip');
    const view = await attempt(skipTalk(talk.id));
    if (view) putTalk(view);
    await refreshDetail(talk.id);
    setBusy(null);
  };
  return (
    <>
      <Button
        tone="primary"
        small={small}
        busy={busy === 'accept'}
        disabled={busy !== null}
        onClick={() => void accept()}
      >
        {words.accept}
      </Button>
      <Button
        small={small}
        busy={busy === 'skip'}
        disabled={busy !== null}
        onClick={() => void skip()}
      >
        {words.skip}
      </Button>
    </>
  );
}

/** Talks offered to the reader, above the list: nobody has to look for them. */
export function OfferStrip() {
  const all = offers.value;
  if (all.length === 0) return null;
  return (
    <section class="offers" aria-label={words.offer.label} aria-live="polite">
      {all.slice(0, SHOWN).map((talk) => (
        <div key={talk.id} class="offer">
          <a href={to.inbox('waiting', talk.id)}>
            <span class="clip" dir="auto">
              <strong>{talk.contact.name}</strong>{' '}
              <span class="muted">{talk.lastMessage?.text ?? ''}</span>
            </span>
            <span class="small-text muted">
              {talk.lineName} · {!talk.offer?.operatorId && `${words.offer.everybody} · `}
              {talk.offer && <Countdown until={talk.offer.until} />}
            </span>
          </a>
          <Answers talk={talk} small />
        </div>
      ))}
      {all.length > SHOWN && (
        <a class="small-text" href={to.inbox('waiting')}>
          {words.offer.more(all.length - SHOWN)}
        </a>
      )}
    </section>
  );
}

/** The offer of the open talk. */
export function OfferBanner({ talk }: { talk: ConversationView }) {
  const { offer } = talk;
  if (!offer || talk.state !== 'waiting' || Date.parse(offer.until) <= seconds.value) return null;
  const mine = offeredToMe(talk, me.value?.id);
  return (
    <div class={mine ? 'offer-banner mine' : 'offer-banner'} role="status">
      <Icon name="clock" />
      <span class="grow">
        {!mine && offer.operatorName
          ? words.offer.other(offer.operatorName)
          : offer.operatorId
            ? words.offer.mine
            : words.offer.all}{' '}
        · <Countdown until={offer.until} />
      </span>
      {mine && <Answers talk={talk} />}
    </div>
  );
}

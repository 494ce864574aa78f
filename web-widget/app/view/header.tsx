import type { Chat } from '../chat.ts';
import { isAway } from '../state/state.ts';
import type { State } from '../state/state.ts';
import { whenBack } from '../text/time.ts';
import { words } from '../text/words.ts';
import { Icon } from './icons.tsx';

/** Title, whether somebody is there, sound, close. */
export function Header({ chat, state }: { chat: Chat; state: State }) {
  const { t, locale } = words;
  const { reach, sound, appearance } = state;
  const away = isAway(state);
  const back =
    away && reach && !reach.open && reach.nextChange
      ? t('back', { when: whenBack(new Date(reach.nextChange), new Date(), locale) })
      : '';
  return (
    <header>
      <div class="mark" aria-hidden="true">
        <Icon name="chat" />
        {reach && <i class={away ? 'dot' : 'dot on'} />}
      </div>
      <div class="title">
        <h1 id="title">{appearance.title || t('title')}</h1>
        {reach && <p>{away ? back || t('away') : t('online')}</p>}
      </div>
      <button
        type="button"
        class="quiet"
        aria-label={t(sound ? 'soundOff' : 'soundOn')}
        title={t(sound ? 'soundOff' : 'soundOn')}
        onClick={chat.toggleSound}
      >
        <Icon name={sound ? 'bell' : 'mute'} />
      </button>
      {chat.framed && (
        <button
          type="button"
          class="quiet"
          aria-label={t('close')}
          title={t('close')}
          onClick={chat.close}
        >
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

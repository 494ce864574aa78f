import type { VisitorMessage } from '../../../src/contract/wire.ts';
import type { Chat } from '../chat.ts';
import type { Pending, Placed } from '../state/messages.ts';
import { SAFE } from '../text/rich.ts';
import { clockTime } from '../text/time.ts';
import { words } from '../text/words.ts';
import { Attachment } from './attachments.tsx';
import { Icon } from './icons.tsx';
import { RichText } from './rich-text.tsx';

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toUpperCase();

/** One message of the talk. `live`: its buttons can still be pressed. */
export function Bubble({ chat, placed, live }: { chat: Chat; placed: Placed; live: boolean }) {
  const { t, locale } = words;
  const { message, first, last } = placed;
  const { from, name, replyTo, removed, reactions, buttons } = message;
  const own = from === 'visitor';
  const time = clockTime(new Date(message.at), locale);
  const quoted = replyTo && chat.store.get().messages.find(({ id }) => id === replyTo.id);
  const go = (id: string): void =>
    document.getElementById(`m-${id}`)?.scrollIntoView({ block: 'center' });
  return (
    <div
      id={`m-${message.id}`}
      class={`row ${own ? 'own' : from} ${first ? 'first' : ''} ${last ? 'last' : ''}`}
    >
      {!own && last && (
        <span class="face" aria-hidden="true">
          {from === 'system' ? <Icon name="chat" /> : initials(name)}
        </span>
      )}
      <div class="stack">
        {first && !own && from !== 'system' && (
          <span class="name" aria-hidden="true">
            {name}
          </span>
        )}
        <span class="hidden">{`${own ? t('you') : name}, ${time}: `}</span>
        {(message.text || removed || replyTo) && (
          <div class={removed ? 'bubble gone' : 'bubble'}>
            {replyTo && (
              <button
                type="button"
                class="quote"
                disabled={!replyTo.id}
                onClick={() => replyTo.id && go(replyTo.id)}
              >
                <b>{quoted?.from === 'visitor' ? t('you') : replyTo.author}</b>
                {replyTo.text}
              </button>
            )}
            {removed ? t('removed') : <RichText text={message.text} marks={message.marks} />}
          </div>
        )}
        {message.files.map((file) => (
          <Attachment key={file.id} file={file} />
        ))}
        {buttons.length > 0 && (
          <div class="buttons">
            {buttons.map((button) =>
              button.url ? (
                <a
                  key={button.label}
                  href={SAFE.test(button.url) ? button.url : undefined}
                  target="_blank"
                  rel="noopener noreferrer"
                >
                  {button.label}
                </a>
              ) : (
                <button
                  type="button"
                  key={button.label}
                  disabled={!live}
                  onClick={() => chat.press(message, button)}
                >
                  {button.label}
                </button>
              ),
            )}
          </div>
        )}
        {reactions.length > 0 && <span class="reactions">{reactions.join(' ')}</span>}
        {(last || message.edited) && (
          <span class="meta">
            <time dateTime={message.at} aria-hidden="true">
              {time}
            </time>
            {message.edited && !removed && <span>{t('edited')}</span>}
            {own && <Tick message={message} />}
          </span>
        )}
      </div>
    </div>
  );
}

function Tick({ message }: { message: VisitorMessage }) {
  const { t } = words;
  const label = t(message.read ? 'seen' : 'sent');
  return (
    <span class={message.read ? 'tick seen' : 'tick'} role="img" aria-label={label} title={label}>
      <Icon name={message.read ? 'checks' : 'check'} />
    </span>
  );
}

/** A message that is on its way, or did not get there. */
export function PendingBubble({ chat, pending }: { chat: Chat; pending: Pending }) {
  const { t, locale } = words;
  const { text, files, state, why, clientId } = pending;
  return (
    <div class={`row own first last ${state}`}>
      <div class="stack">
        <span class="hidden">{`${t('you')}: `}</span>
        {text && (
          <div class="bubble">
            <RichText text={text} />
          </div>
        )}
        {files.map((file) => (
          <Attachment key={file.id} file={{ ...file, state: 'ready', url: null }} />
        ))}
        {state === 'failed' ? (
          <span class="meta bad" role="alert">
            {why ?? t('failed')}
            <button type="button" onClick={() => chat.retry(clientId)}>
              {t('retry')}
            </button>
            <button type="button" onClick={() => chat.discard(clientId)}>
              {t('discard')}
            </button>
          </span>
        ) : (
          <span class="meta">
            <time dateTime={pending.at}>{clockTime(new Date(pending.at), locale)}</time>
            <span class="tick" role="img" aria-label={t(state === 'stored' ? 'sent' : 'sending')}>
              <Icon name={state === 'stored' ? 'check' : 'clock'} />
            </span>
          </span>
        )}
      </div>
    </div>
  );
}

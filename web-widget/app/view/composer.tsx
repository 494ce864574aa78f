import { Component, createRef } from 'preact';
import type { Chat } from '../chat.ts';
import { forTab } from '../state/keep.ts';
import { needsConsent } from '../state/state.ts';
import type { State } from '../state/state.ts';
import { fileSize } from '../text/time.ts';
import { words } from '../text/words.ts';
import { Consent } from './consent.tsx';
import { Icon } from './icons.tsx';

const DRAFT = 'openline-draft';
const MOST = 10_000;
const TALLEST = 132;

interface Props {
  chat: Chat;
  state: State;
}

/** Where the visitor writes: Enter sends, Shift+Enter begins a line. */
export class Composer extends Component<Props, { text: string }> {
  override state = { text: forTab.read<string>(DRAFT) ?? '' };
  readonly #area = createRef<HTMLTextAreaElement>();
  readonly #picker = createRef<HTMLInputElement>();

  override componentDidMount(): void {
    this.#grow();
    if (this.props.state.shown) this.#focus();
  }

  override componentDidUpdate(before: Props): void {
    if (this.props.state.shown && !before.state.shown) this.#focus();
  }

  #focus(): void {
    this.#area.current?.focus({ preventScroll: true });
  }

  #grow(): void {
    const field = this.#area.current;
    if (!field) return;
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, TALLEST)}px`;
  }

  #write(text: string): void {
    forTab.write(DRAFT, text || null);
    this.setState({ text }, () => this.#grow());
  }

  #send(): void {
    const { chat, state } = this.props;
    const text = this.state.text.trim();
    const { drafts } = state;
    if ((text === '' && drafts.length === 0) || drafts.some(({ uploaded }) => !uploaded)) return;
    if (needsConsent(state)) {
      chat.store.set({ trouble: words.t('consentFirst') });
      document.getElementById('consent')?.focus();
      return;
    }
    chat.send(text);
    this.#write('');
    this.#focus();
  }

  override render({ chat, state }: Props, { text }: { text: string }) {
    const { t, locale } = words;
    const { drafts, trouble } = state;
    const idle =
      (text.trim() === '' && drafts.length === 0) || drafts.some(({ uploaded }) => !uploaded);
    return (
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          this.#send();
        }}
      >
        <Consent state={state} store={chat.store} />
        {trouble && (
          <p class="trouble" role="alert">
            <Icon name="alert" /> {trouble}
          </p>
        )}
        {drafts.length > 0 && (
          <ul class="drafts">
            {drafts.map(({ key, name, size, preview, progress, uploaded }) => (
              <li key={key}>
                {preview ? <img src={preview} alt="" /> : <Icon name="file" />}
                <span class="what">
                  <b>{name}</b>
                  {uploaded ? (
                    <small>{fileSize(size, locale)}</small>
                  ) : (
                    <progress value={progress} aria-label={name} />
                  )}
                </span>
                <button
                  type="button"
                  class="quiet"
                  aria-label={t('removeFile', { name })}
                  onClick={() => chat.files.remove(key)}
                >
                  <Icon name="close" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <div class="field">
          <button
            type="button"
            class="quiet"
            aria-label={t('attach')}
            title={t('attach')}
            onClick={() => this.#picker.current?.click()}
          >
            <Icon name="attach" />
          </button>
          <input
            ref={this.#picker}
            type="file"
            multiple
            hidden
            onChange={({ currentTarget }) => {
              chat.files.add([...(currentTarget.files ?? [])]);
              currentTarget.value = '';
            }}
          />
          <textarea
            ref={this.#area}
            rows={1}
            maxLength={MOST}
            placeholder={t('write')}
            aria-label={t('write')}
            value={text}
            onInput={({ currentTarget }) => {
              this.#write(currentTarget.value);
              chat.typing(currentTarget.value !== '');
            }}
            onBlur={() => chat.typing(false)}
            onPaste={(event) => {
              const files = [...(event.clipboardData?.files ?? [])];
              if (files.length === 0) return;
              event.preventDefault();
              chat.files.add(files);
            }}
            onKeyDown={(event) => {
              // Enter also ends what an input method composes.
              if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
              event.preventDefault();
              this.#send();
            }}
          />
          <button
            type="submit"
            class="send"
            aria-label={t('send')}
            title={t('send')}
            disabled={idle}
          >
            <Icon name="send" />
          </button>
        </div>
      </form>
    );
  }
}

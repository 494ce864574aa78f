import { Component } from 'preact';
import type { Chat } from '../chat.ts';
import { needsConsent } from '../state/state.ts';
import type { State } from '../state/state.ts';
import { words } from '../text/words.ts';
import { Consent } from './consent.tsx';
import { Icon } from './icons.tsx';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;
const PHONE = /^\+?[0-9 ()./-]{5,32}$/;

type Field = 'email' | 'phone' | 'message' | 'consent';

interface Props {
  chat: Chat;
  state: State;
}
interface Entered {
  name: string;
  email: string;
  phone: string;
  message: string;
  wrong: { field: Field; text: string } | null;
}

/** Asked when nobody is there: a message, and a way to answer it. */
export class OfflineForm extends Component<Props, Entered> {
  override state: Entered = { name: '', email: '', phone: '', message: '', wrong: null };

  #check(): Entered['wrong'] {
    const { t } = words;
    const { email, phone, message } = this.state;
    if (!email.trim() && !phone.trim()) return { field: 'email', text: t('wayNeeded') };
    if (email.trim() && !EMAIL.test(email.trim())) return { field: 'email', text: t('badEmail') };
    if (phone.trim() && !PHONE.test(phone.trim())) return { field: 'phone', text: t('badPhone') };
    if (!message.trim()) return { field: 'message', text: t('messageNeeded') };
    return needsConsent(this.props.state) ? { field: 'consent', text: t('consentFirst') } : null;
  }

  #send(event: Event): void {
    event.preventDefault();
    const wrong = this.#check();
    this.setState({ wrong });
    if (wrong) {
      document.getElementById(wrong.field)?.focus();
      return;
    }
    const { name, email, phone, message } = this.state;
    this.props.chat.send(message.trim(), {
      ...(name.trim() ? { name: name.trim() } : {}),
      ...(email.trim() ? { email: email.trim() } : {}),
      ...(phone.trim() ? { phone: phone.trim() } : {}),
    });
  }

  #field(name: 'name' | 'email' | 'phone', type: string) {
    const { wrong } = this.state;
    return (
      <label>
        <span>
          {words.t(name)}
          {name === 'name' && <small> {words.t('optional')}</small>}
        </span>
        <input
          id={name}
          {...({ type, autocomplete: type === 'text' ? 'name' : type } as object)}
          maxLength={200}
          value={this.state[name]}
          aria-invalid={wrong?.field === name}
          aria-describedby={wrong?.field === name ? 'wrong' : undefined}
          onInput={({ currentTarget }) => this.setState({ [name]: currentTarget.value })}
        />
      </label>
    );
  }

  override render({ chat, state }: Props, { message, wrong }: Entered) {
    const { t } = words;
    return (
      <form class="offline" onSubmit={(event) => this.#send(event)} noValidate>
        <p>{state.appearance.offlineText || t('offline')}</p>
        {this.#field('name', 'text')}
        <div class="pair">
          {this.#field('email', 'email')}
          {this.#field('phone', 'tel')}
        </div>
        <label>
          <span>{t('message')}</span>
          <textarea
            id="message"
            rows={4}
            maxLength={10_000}
            value={message}
            aria-invalid={wrong?.field === 'message'}
            aria-describedby={wrong?.field === 'message' ? 'wrong' : undefined}
            onInput={({ currentTarget }) => this.setState({ message: currentTarget.value })}
          />
        </label>
        <Consent state={state} store={chat.store} />
        {wrong && (
          <p class="trouble" role="alert" id="wrong">
            <Icon name="alert" /> {wrong.text}
          </p>
        )}
        <button type="submit" class="primary">
          {t('leave')}
        </button>
      </form>
    );
  }
}

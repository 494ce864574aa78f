import { Component, Fragment, createRef } from 'preact';
import type { Chat } from '../chat.ts';
import { place, unreadOf } from '../state/messages.ts';
import type { State } from '../state/state.ts';
import { dayName } from '../text/time.ts';
import { words } from '../text/words.ts';
import { Bubble, PendingBubble } from './bubble.tsx';
import { Icon } from './icons.tsx';

/** So near to the end the visitor counts as reading along, px. */
const NEAR = 60;

interface Props {
  chat: Chat;
  state: State;
}

/** The talk. Follows its end while the visitor is there, and stays where they read otherwise. */
export class Log extends Component<Props, { behind: boolean }> {
  override state = { behind: false };
  readonly #box = createRef<HTMLDivElement>();
  readonly #ended = new AbortController();
  #resizes: ResizeObserver | null = null;
  #atEnd = true;
  #height = 0;

  override componentDidMount(): void {
    const view = this.#box.current;
    if (!view) return;
    const { signal } = this.#ended;
    const follow = (): void => {
      if (this.#atEnd) this.#toEnd(false);
    };
    this.#resizes = new ResizeObserver(follow);
    this.#resizes.observe(view);
    // Pictures grow when they have loaded.
    view.addEventListener('load', follow, { capture: true, signal });
    document.addEventListener('visibilitychange', () => this.#atEnd && this.props.chat.sawAll(), {
      signal,
    });
    this.componentDidUpdate(this.props);
  }

  override componentWillUnmount(): void {
    this.#ended.abort();
    this.#resizes?.disconnect();
  }

  override componentDidUpdate(before: Props): void {
    const view = this.#box.current;
    if (!view) return;
    const { chat, state } = this.props;
    // One's own message is always gone to.
    const wrote = state.pending.length > before.state.pending.length;
    if (wrote) this.#atEnd = true;
    if (this.#atEnd) this.#toEnd(wrote);
    else if (state.messages[0]?.id !== before.state.messages[0]?.id)
      // Older ones came in above: what is being read stays in its place.
      view.scrollTop += view.scrollHeight - this.#height;
    else if (!this.state.behind && unreadOf(state.messages).length > 0)
      this.setState({ behind: true });
    this.#height = view.scrollHeight;
    if (this.#atEnd) chat.sawAll();
  }

  #toEnd(smooth: boolean): void {
    const view = this.#box.current;
    view?.scrollTo({ top: view.scrollHeight, behavior: smooth ? 'smooth' : 'instant' });
  }

  #look(): void {
    const view = this.#box.current;
    if (!view) return;
    this.#atEnd = view.scrollHeight - view.scrollTop - view.clientHeight < NEAR;
    if (this.#atEnd) {
      if (this.state.behind) this.setState({ behind: false });
      this.props.chat.sawAll();
    }
    if (view.scrollTop < NEAR) this.props.chat.loadEarlier();
  }

  override render({ chat, state }: Props, { behind }: { behind: boolean }) {
    const { t, locale } = words;
    const { messages, pending, typing, appearance, link, earlier, loadingEarlier } = state;
    const placed = place(messages);
    const lastFromThem = messages.findLast(({ from }) => from !== 'visitor')?.id;
    const answered = pending.some(({ button }) => button);
    return (
      <div class="talk">
        <div
          class="log"
          ref={this.#box}
          onScroll={() => this.#look()}
          role="log"
          aria-live="polite"
          aria-relevant="additions"
          aria-label={t('conversation')}
          tabIndex={0}
        >
          {earlier && (
            <button type="button" class="more" disabled={loadingEarlier} onClick={chat.loadEarlier}>
              {t('earlier')}
            </button>
          )}
          {!earlier && (
            <div class="greeting">
              <span class="face big" aria-hidden="true">
                <Icon name="chat" />
              </span>
              <p>{appearance.greeting || t('greeting')}</p>
            </div>
          )}
          {placed.map((one) => (
            <Fragment key={one.message.id}>
              {one.newDay && (
                <div class="day">{dayName(new Date(one.message.at), new Date(), locale, t)}</div>
              )}
              <Bubble
                chat={chat}
                placed={one}
                live={one.message.id === lastFromThem && !answered}
              />
            </Fragment>
          ))}
          {pending.map((one) => (
            <PendingBubble key={one.clientId} chat={chat} pending={one} />
          ))}
          {typing !== null && (
            <div class="row operator typing" aria-hidden="true">
              <span class="bubble">
                <i />
                <i />
                <i />
              </span>
            </div>
          )}
        </div>
        {behind && (
          <button type="button" class="jump" onClick={() => this.#toEnd(true)}>
            {t('newMessages')} <Icon name="down" />
          </button>
        )}
        <p class="status" role="status">
          {link === 'broken'
            ? t('noConnection')
            : typing !== null
              ? t('typing', { name: typing })
              : ''}
        </p>
      </div>
    );
  }
}

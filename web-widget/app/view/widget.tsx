import { Component } from 'preact';
import type { Chat } from '../chat.ts';
import { asksContact, isAway } from '../state/state.ts';
import type { State } from '../state/state.ts';
import { words } from '../text/words.ts';
import { Composer } from './composer.tsx';
import { Header } from './header.tsx';
import { Log } from './log.tsx';
import { OfflineForm } from './offline-form.tsx';

interface Shown {
  now: State;
  /** Files are held over the widget. */
  dropping: boolean;
}

const carriesFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('Files') ?? false;

/** The open widget. */
export class Widget extends Component<{ chat: Chat }, Shown> {
  override state: Shown = { now: this.props.chat.store.get(), dropping: false };

  override componentDidMount(): void {
    const { chat } = this.props;
    chat.store.listen(() => this.setState({ now: chat.store.get() }));
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && chat.framed && !event.isComposing) chat.close();
    });
  }

  override render({ chat }: { chat: Chat }, { now, dropping }: Shown) {
    const { t } = words;
    if (now.gone) return <p class="nothing">{t('noLine')}</p>;
    // In a site's page it is a dialog of that page; by itself it is the page.
    const Panel = chat.framed ? 'div' : 'main';
    return (
      <Panel
        class="panel"
        aria-labelledby="title"
        {...((chat.framed ? { role: 'dialog', 'aria-modal': now.phone } : {}) as object)}
        onDragOver={(event) => {
          if (!carriesFiles(event)) return;
          event.preventDefault();
          this.setState({ dropping: true });
        }}
        onDragLeave={({ relatedTarget }) => {
          if (!relatedTarget) this.setState({ dropping: false });
        }}
        onDrop={(event) => {
          if (!carriesFiles(event)) return;
          event.preventDefault();
          this.setState({ dropping: false });
          chat.files.add([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <Header chat={chat} state={now} />
        {asksContact(now) ? (
          <OfflineForm chat={chat} state={now} />
        ) : (
          <>
            <Log chat={chat} state={now} />
            {now.thanked && isAway(now) && (
              <p class="notice" role="status">
                {t('thanks')}
              </p>
            )}
            <Composer chat={chat} state={now} />
          </>
        )}
        {dropping && <div class="drop">{t('drop')}</div>}
      </Panel>
    );
  }
}

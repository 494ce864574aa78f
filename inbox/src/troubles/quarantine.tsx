import { useState } from 'preact/hooks';
import type { QuarantineView } from '../../../src/contract/wire.ts';
import { dismissQuarantine, listQuarantine, replayQuarantine } from '../api/operations.ts';
import { can } from '../state/session.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { bytes } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Confirm, Dialog } from '../ui/dialog.tsx';
import { Empty } from '../ui/feedback.tsx';
import { PagedTable } from '../ui/paged-table.tsx';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icon.tsx';
import { Relative } from '../ui/time.tsx';
import { usePages } from '../ui/use-pages.ts';

const words = text.troubles;

/** What providers sent and Openline could not read: kept, shown, read again, or dismissed. */
export function Quarantine() {
  const pages = usePages(listQuarantine, 'quarantine');
  const [shown, setShown] = useState<QuarantineView | null>(null);
  const [asked, setAsked] = useState<QuarantineView | null>(null);
  const leave = async (item: QuarantineView, work: Promise<unknown>, done: string) => {
    if ((await attempt(work.then(() => true))) === null) return pages.again();
    pages.change((items) => items.filter(({ id }) => id !== item.id));
    setShown(null);
    tell('good', done);
  };
  const acts = (item: QuarantineView) =>
    can('quarantine.replay') && (
      <span class="row">
        <Button
          small
          icon="again"
          onClick={() => void leave(item, replayQuarantine(item.id), words.replayed)}
        >
          {words.replay}
        </Button>
        <Button small tone="quiet" onClick={() => setAsked(item)}>
          {text.act.dismiss}
        </Button>
      </span>
    );
  return (
    <>
      <PagedTable
        label={words.quarantine}
        pages={pages}
        columns={[
          words.reason,
          words.channel,
          words.size,
          words.when,
          { title: words.replay, hidden: true },
        ]}
        row={(item) => (
          <>
            <td class="free">
              <button type="button" class="link" onClick={() => setShown(item)}>
                {item.reason}
              </button>
            </td>
            <td>
              <span class="row">
                <Icon name={channelIcon(item.channelType)} small />
                {item.channelType}
              </span>
            </td>
            <td>{bytes(item.size)}</td>
            <td class="muted">
              <Relative at={item.at} />
            </td>
            <td>{acts(item)}</td>
          </>
        )}
        empty={<Empty icon="done" title={words.emptyQuarantine} help={words.emptyQuarantineHelp} />}
      />
      {shown && (
        <Dialog title={words.raw} wide onClose={() => setShown(null)}>
          <div class="stack">
            <p>{shown.reason}</p>
            <pre class="raw" tabIndex={0}>
              {shown.raw}
            </pre>
            {acts(shown)}
          </div>
        </Dialog>
      )}
      {asked && (
        <Confirm
          question={words.dismissAsk}
          action={text.act.dismiss}
          onConfirm={() => void leave(asked, dismissQuarantine(asked.id), words.dismissed)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

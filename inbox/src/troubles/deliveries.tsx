import { useState } from 'preact/hooks';
import type { DeliveryView } from '../../../src/contract/wire.ts';
import { cancelDelivery, listDeliveries, resendDelivery } from '../api/operations.ts';
import { countTroubles } from '../state/troubles.ts';
import { to } from '../app/routes.ts';
import { can } from '../state/session.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { dateTime } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Empty } from '../ui/feedback.tsx';
import { PagedTable } from '../ui/paged-table.tsx';
import { Relative } from '../ui/time.tsx';
import { usePages } from '../ui/use-pages.ts';

const words = text.troubles;

/** Answers that did not arrive, with the reason and the way to send them again. */
export function Deliveries({ state }: { state: 'failed' | 'uncertain' }) {
  const pages = usePages((cursor) => listDeliveries(state, cursor), state);
  const [log, setLog] = useState<DeliveryView | null>(null);
  const leave = async (delivery: DeliveryView, work: Promise<unknown>, done?: string) => {
    if ((await attempt(work.then(() => true))) === null) return;
    pages.change((items) => items.filter(({ id }) => id !== delivery.id));
    if (done) tell('good', done);
    void countTroubles();
  };
  const failed = state === 'failed';
  return (
    <>
      <PagedTable
        label={words[state]}
        pages={pages}
        columns={[
          words.to,
          words.message,
          words.reason,
          words.attempts,
          words.when,
          { title: words.resend, hidden: true },
        ]}
        row={(delivery) => (
          <>
            <td>
              <a class="cell-link" href={to.inbox('open', delivery.conversationId)}>
                {delivery.contactName}
              </a>
            </td>
            <td class="free">{delivery.text}</td>
            <td class="free">{delivery.detail}</td>
            <td class="wide-only">
              <button type="button" class="link" onClick={() => setLog(delivery)}>
                {delivery.attempts}
              </button>
            </td>
            <td class="muted">
              <Relative at={delivery.at} />
            </td>
            <td>
              {can('delivery.resend') && (
                <span class="row">
                  <Button
                    small
                    icon="again"
                    onClick={() => void leave(delivery, resendDelivery(delivery.id), words.resent)}
                  >
                    {words.resend}
                  </Button>
                  <Button
                    small
                    tone="quiet"
                    onClick={() => void leave(delivery, cancelDelivery(delivery.id))}
                  >
                    {words.drop}
                  </Button>
                </span>
              )}
            </td>
          </>
        )}
        empty={
          <Empty
            icon="done"
            title={failed ? words.empty : words.emptyUncertain}
            help={failed ? words.emptyHelp : words.emptyUncertainHelp}
          />
        }
      />
      {log && (
        <Dialog title={words.log} wide onClose={() => setLog(null)}>
          <ul class="decisions">
            {log.log.map((entry) => (
              <li key={entry.at}>
                <strong>{entry.status}</strong> <span class="muted">{dateTime(entry.at)}</span>
                <div>{entry.detail}</div>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}

import { useState } from 'preact/hooks';
import { listDealsOf } from '../api/crm.ts';
import { to } from '../app/routes.ts';
import { can } from '../state/session.ts';
import { text } from '../text/index.ts';
import { money } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { useLoad } from '../ui/use-load.ts';
import { NewDealDialog } from './new-deal.tsx';
import { useChanges } from './use-live.ts';

/** The deals of a contact, and the way to a new one. */
export function DealsOf(props: {
  contactId: string;
  conversationId?: string;
  onMade?: () => void;
}) {
  const [making, setMaking] = useState(false);
  const loaded = useLoad(() => listDealsOf(props.contactId), props.contactId);
  useChanges(({ kind }) => kind === 'deal', loaded.again);
  const words = text.crm;
  if (!can('deal.read')) return null;
  const deals = loaded.value?.items ?? [];
  return (
    <section class="section">
      <header>
        <h3>{words.deals}</h3>
        {can('deal.change') && (
          <Button
            small
            tone="quiet"
            icon="plus"
            label={words.newDeal}
            onClick={() => setMaking(true)}
          />
        )}
      </header>
      {loaded.error && <p class="problem">{loaded.error.message}</p>}
      {loaded.value && deals.length === 0 && <p class="muted">{words.noDeals}</p>}
      {deals.map((deal) => (
        <div key={deal.id} class="row">
          <a class="clip grow" href={to.deals(deal.id)}>
            #{deal.number} {deal.title}
          </a>
          <span>{money(deal.amount.amount, deal.amount.currency)}</span>
          <span class={deal.state === 'won' ? 'chip good' : 'chip'}>
            {deal.state === 'open' ? deal.stage : words.dealState[deal.state]}
          </span>
        </div>
      ))}
      {making && (
        <NewDealDialog
          contactId={props.contactId}
          conversationId={props.conversationId}
          onClose={() => setMaking(false)}
          onMade={() => {
            loaded.again();
            props.onMade?.();
          }}
        />
      )}
    </section>
  );
}

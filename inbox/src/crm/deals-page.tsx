import { useState } from 'preact/hooks';
import type { DealView } from '../../../src/contract/wire.ts';
import { changeDeal, listDeals, listPipelines, readDeal } from '../api/crm.ts';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { can } from '../state/session.ts';
import { attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { dateOf, money } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { ShortTime } from '../ui/time.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { useLoad } from '../ui/use-load.ts';
import { usePages } from '../ui/use-pages.ts';
import { Editable } from './editable.tsx';
import { ListPage } from './list-page.tsx';
import { NewDealDialog } from './new-deal.tsx';
import { SidePanel } from './side-panel.tsx';
import { Timeline } from './timeline.tsx';
import { useChanges, useLiveList } from './use-live.ts';

const words = text.crm;
type State = DealView['state'];
const STATES: readonly State[] = ['open', 'won', 'lost'];
const TONE: Record<State, string> = { open: 'chip accent', won: 'chip good', lost: 'chip' };

/** Deals of all pipelines. */
export function DealsPage({ id }: { id: string | null }) {
  const [q, setQ] = useState('');
  const [state, setState] = useState('');
  const [making, setMaking] = useState(false);
  const asked = useDebounced(q.trim());
  const pages = usePages((cursor) => listDeals(asked, state, cursor), `${state} ${asked}`);
  useLiveList('deal', pages, readDeal);
  return (
    <>
      <ListPage
        title={text.nav.deals}
        q={q}
        searchLabel={words.searchDeals}
        onSearch={setQ}
        tools={
          <>
            <div class="segments" role="group" aria-label={words.state}>
              {(['', ...STATES] as const).map((one) => (
                <button
                  key={one}
                  type="button"
                  aria-pressed={state === one}
                  onClick={() => setState(one)}
                >
                  {one === '' ? words.all : words.dealState[one]}
                </button>
              ))}
            </div>
            {can('deal.change') && (
              <Button icon="plus" onClick={() => setMaking(true)}>
                {words.newDeal}
              </Button>
            )}
          </>
        }
        pages={pages}
        columns={[
          words.title,
          words.contact,
          words.stage,
          words.owner,
          words.amount,
          words.changed,
        ]}
        numbers={[words.amount]}
        row={(deal) => (
          <>
            <td>
              <a class="cell-link" href={to.deals(deal.id)}>
                <span class="muted">#{deal.number}</span> {deal.title}
              </a>
            </td>
            <td>{deal.contactName}</td>
            <td>
              <span class={TONE[deal.state]}>
                {deal.state === 'open' ? deal.stage : words.dealState[deal.state]}
              </span>
            </td>
            <td>{deal.ownerName}</td>
            <td class="number">{money(deal.amount.amount, deal.amount.currency)}</td>
            <td class="muted">
              <ShortTime at={deal.updatedAt} />
            </td>
          </>
        )}
        selected={id}
        filtered={asked !== '' || state !== ''}
        empty={{ icon: 'deal', title: words.emptyDeals, help: words.emptyDealsHelp }}
        panel={
          id && (
            <DealPanel
              key={id}
              id={id}
              onChanged={(deal) =>
                pages.change((items) => items.map((one) => (one.id === deal.id ? deal : one)))
              }
            />
          )
        }
      />
      {making && (
        <NewDealDialog
          onClose={() => setMaking(false)}
          onMade={(deal) => {
            pages.change((items) => [deal, ...items]);
            navigate(to.deals(deal.id));
          }}
        />
      )}
    </>
  );
}

type DealChange = Parameters<typeof changeDeal>[1];

function DealFacts({
  deal,
  save,
}: {
  deal: DealView;
  save: (change: DealChange) => Promise<DealView>;
}) {
  const pipelines = useLoad(listPipelines, 'pipelines');
  const stages = pipelines.value?.items.find(({ id }) => id === deal.pipelineId)?.stages ?? [
    { id: deal.stageId, name: deal.stage, probability: 0 },
  ];
  const readOnly = !can('deal.change');
  return (
    <dl class="facts">
      <div class="fact">
        <dt>{words.title}</dt>
        <dd>
          <Editable
            label={words.title}
            value={deal.title}
            blank=""
            readOnly={readOnly}
            save={(title) => save({ title })}
          />
        </dd>
      </div>
      <div class="fact">
        <dt>{words.amount}</dt>
        <dd>
          <Editable
            label={words.amount}
            value={`${deal.amount.amount} ${deal.amount.currency}`}
            blank=""
            readOnly={readOnly}
            save={(value) => {
              const [amount = '0', currency] = value.replace(',', '.').split(/\s+/u);
              return save({
                amount: { amount, currency: (currency ?? deal.amount.currency).toUpperCase() },
              });
            }}
          />
        </dd>
      </div>
      <div class="fact">
        <dt>{words.stage}</dt>
        <dd>
          <select
            class="input"
            aria-label={words.stage}
            disabled={readOnly}
            value={deal.stageId}
            onChange={(event) => void attempt(save({ stageId: event.currentTarget.value }))}
          >
            {stages.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </dd>
      </div>
      <div class="fact">
        <dt>{words.state}</dt>
        <dd>
          <div class="segments" role="group" aria-label={words.state}>
            {STATES.map((state) => (
              <button
                key={state}
                type="button"
                disabled={readOnly}
                aria-pressed={deal.state === state}
                onClick={() => void attempt(save({ state }))}
              >
                {words.dealState[state]}
              </button>
            ))}
          </div>
        </dd>
      </div>
      {deal.contactId && (
        <div class="fact">
          <dt>{words.contact}</dt>
          <dd>
            <a href={to.contacts(deal.contactId)}>{deal.contactName}</a>
          </dd>
        </div>
      )}
      {deal.conversationId && (
        <div class="fact">
          <dt>{words.talk}</dt>
          <dd>
            <a href={to.inbox('open', deal.conversationId)}>{words.openTalk}</a>
          </dd>
        </div>
      )}
      <div class="fact">
        <dt>{words.owner}</dt>
        <dd>{deal.ownerName ?? text.nobody}</dd>
      </div>
      <div class="fact">
        <dt>{words.created}</dt>
        <dd>{dateOf(deal.createdAt)}</dd>
      </div>
    </dl>
  );
}

function DealPanel({ id, onChanged }: { id: string; onChanged: (deal: DealView) => void }) {
  const loaded = useLoad(() => readDeal(id), id);
  useChanges((change) => change.kind === 'deal' && change.id === id, loaded.again);
  return (
    <SidePanel loaded={loaded} title={(deal) => `#${deal.number}`} back={to.deals()}>
      {(deal) => (
        <>
          <section class="section">
            <DealFacts
              deal={deal}
              save={async (change) => {
                const changed = await changeDeal(id, change);
                loaded.set(changed);
                onChanged(changed);
                return changed;
              }}
            />
          </section>
          <section class="section">
            <h3>{words.timeline}</h3>
            <Timeline kind="deal" id={id} version={Date.parse(deal.updatedAt)} />
          </section>
        </>
      )}
    </SidePanel>
  );
}

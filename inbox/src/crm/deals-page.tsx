import { useState } from 'preact/hooks';
import type { DealView } from '../../../src/contract/wire.ts';
import { changeDeal, listDeals, listPipelines, readDeal } from '../api/crm.ts';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { EVERYBODY, scopeValue } from '../state/scope.ts';
import { can } from '../state/session.ts';
import { attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { dateOf, money } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { ShortTime } from '../ui/time.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { useLoad } from '../ui/use-load.ts';
import { usePages } from '../ui/use-pages.ts';
import { ListPage } from './list-page.tsx';
import { OwnerScope } from './owner-scope.tsx';
import { NewDealDialog } from './new-deal.tsx';
import { SidePanel } from './side-panel.tsx';
import { Timeline } from './timeline.tsx';
import { useChanges, useLiveList } from './use-live.ts';
import { Fact, OwnerFact, TextFact } from './fact.tsx';

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
  const [scope, setScope] = useState(EVERYBODY);
  const pages = usePages(
    (cursor) => listDeals(asked, state, scope, cursor),
    `${state} ${scopeValue(scope)} ${asked}`,
  );
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
            <OwnerScope right="deal.read" value={scope} onChange={setScope} />
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
          { title: words.amount, number: true },
          words.changed,
        ]}
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
        filtered={asked !== '' || state !== '' || scopeValue(scope) !== ''}
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
      <TextFact
        label={words.title}
        value={deal.title}
        blank=""
        readOnly={readOnly}
        save={(title) => save({ title })}
      />
      <TextFact
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
      <Fact label={words.stage}>
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
      </Fact>
      <Fact label={words.state}>
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
      </Fact>
      {deal.contactId && (
        <Fact label={words.contact}>
          <a href={to.contacts(deal.contactId)}>{deal.contactName}</a>
        </Fact>
      )}
      {deal.conversationId && (
        <Fact label={words.talk}>
          <a href={to.inbox('open', deal.conversationId)}>{words.openTalk}</a>
        </Fact>
      )}
      <OwnerFact
        ownerId={deal.ownerId}
        ownerName={deal.ownerName}
        readOnly={readOnly}
        save={(ownerId) => save({ ownerId })}
      />
      <Fact label={words.created}>{dateOf(deal.createdAt)}</Fact>
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

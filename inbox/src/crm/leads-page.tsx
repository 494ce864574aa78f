import { useState } from 'preact/hooks';
import type { LeadStatus, LeadView } from '../../../src/contract/wire.ts';
import { changeLead, listLeads, readLead } from '../api/crm.ts';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { EVERYBODY, scopeValue } from '../state/scope.ts';
import { can } from '../state/session.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icon.tsx';
import { ShortTime } from '../ui/time.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { useLoad } from '../ui/use-load.ts';
import { usePages } from '../ui/use-pages.ts';
import { LEAD_STATUSES, LeadFacts, sourceOf } from './lead-facts.tsx';
import { ListPage } from './list-page.tsx';
import { NewLeadDialog } from './new-lead.tsx';
import { OwnerScope } from './owner-scope.tsx';
import { SidePanel } from './side-panel.tsx';
import { Timeline } from './timeline.tsx';
import { useChanges, useLiveList } from './use-live.ts';
import { Fact, TextFact } from './fact.tsx';

const words = text.crm;
const TONE: Record<LeadStatus, string> = {
  new: 'chip accent',
  'in work': 'chip warn',
  converted: 'chip good',
  junk: 'chip',
};

/** A lead's status as a chip. */
const LeadChip = ({ status }: { status: LeadStatus }) => (
  <span class={TONE[status]}>{words.leadStatus[status]}</span>
);

/** People who may become customers. */
export function LeadsPage({ id }: { id: string | null }) {
  const [q, setQ] = useState('');
  const [status, setStatus] = useState('');
  const [making, setMaking] = useState(false);
  const asked = useDebounced(q.trim());
  const [scope, setScope] = useState(EVERYBODY);
  const pages = usePages(
    (cursor) => listLeads(asked, status, scope, cursor),
    `${status} ${scopeValue(scope)} ${asked}`,
  );
  useLiveList('lead', pages, readLead);
  return (
    <>
      <ListPage
        title={text.nav.leads}
        q={q}
        searchLabel={words.searchLeads}
        onSearch={setQ}
        tools={
          <>
            <OwnerScope right="lead.read" value={scope} onChange={setScope} />
            <div class="segments" role="group" aria-label={words.status}>
              {['', ...LEAD_STATUSES].map((one) => (
                <button
                  key={one}
                  type="button"
                  aria-pressed={status === one}
                  onClick={() => setStatus(one)}
                >
                  {one === '' ? words.all : words.leadStatus[one as LeadStatus]}
                </button>
              ))}
            </div>
            {can('lead.change') && (
              <Button icon="plus" onClick={() => setMaking(true)}>
                {words.newLead}
              </Button>
            )}
          </>
        }
        pages={pages}
        columns={[words.name, words.status, words.source, words.owner, words.created]}
        row={(lead) => (
          <>
            <td>
              <a class="cell-link" href={to.leads(lead.id)}>
                <span class="muted">L{lead.number}</span> {lead.name}
              </a>
            </td>
            <td>
              <LeadChip status={lead.status} />
            </td>
            <td>
              <span class="row">
                <Icon name={channelIcon(lead.source.channel)} small />
                {sourceOf(lead)}
              </span>
            </td>
            <td>{lead.ownerName ?? <span class="muted">{text.nobody}</span>}</td>
            <td class="muted">
              <ShortTime at={lead.createdAt} />
            </td>
          </>
        )}
        selected={id}
        filtered={asked !== '' || status !== '' || scopeValue(scope) !== ''}
        empty={{ icon: 'lead', title: words.emptyLeads, help: words.emptyLeadsHelp }}
        panel={
          id && (
            <LeadPanel
              key={id}
              id={id}
              onChanged={(lead) =>
                pages.change((items) => items.map((one) => (one.id === lead.id ? lead : one)))
              }
            />
          )
        }
      />
      {making && (
        <NewLeadDialog
          onClose={() => setMaking(false)}
          onMade={(lead) => {
            pages.change((items) => [lead, ...items]);
            navigate(to.leads(lead.id));
          }}
        />
      )}
    </>
  );
}

function LeadPanel({ id, onChanged }: { id: string; onChanged: (lead: LeadView) => void }) {
  const loaded = useLoad(() => readLead(id), id);
  useChanges((change) => change.kind === 'lead' && change.id === id, loaded.again);
  const take = (lead: LeadView) => {
    loaded.set(lead);
    onChanged(lead);
  };
  return (
    <SidePanel loaded={loaded} title={(lead) => `L${lead.number}`} back={to.leads()}>
      {(lead) => (
        <>
          <section class="section">
            <dl class="facts">
              <TextFact
                label={words.name}
                value={lead.name}
                blank={words.addName}
                readOnly={!can('lead.change')}
                save={async (name) => take(await changeLead(id, { name }))}
              />
              {lead.contactId && (
                <Fact label={words.contact}>
                  <a href={to.contacts(lead.contactId)}>{lead.contactName}</a>
                </Fact>
              )}
              {lead.conversationId && (
                <Fact label={words.talk}>
                  <a href={to.inbox('open', lead.conversationId)}>{words.openTalk}</a>
                </Fact>
              )}
            </dl>
            <LeadFacts lead={lead} onChanged={take} />
          </section>
          <section class="section">
            <h3>{words.timeline}</h3>
            <Timeline kind="lead" id={id} version={Date.parse(lead.updatedAt)} />
          </section>
        </>
      )}
    </SidePanel>
  );
}

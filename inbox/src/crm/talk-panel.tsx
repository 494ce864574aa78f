import { useState } from 'preact/hooks';
import type { ConversationDetail } from '../../../src/contract/wire.ts';
import { to } from '../app/routes.ts';
import { refreshDetail, threadOf } from '../state/threads.ts';
import { putTalk } from '../state/talks.ts';
import { MergedTalks } from '../talks/merged.tsx';
import { text } from '../text/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { safeUrl } from '../ui/spans.ts';
import { ContactFacts } from './contact-facts.tsx';
import { DealsOf } from './deals-of.tsx';
import { DecisionsDialog } from './decisions.tsx';
import { LeadFacts } from './lead-facts.tsx';
import { Promises } from './promises.tsx';
import { Sessions } from './sessions.tsx';
import { Timeline } from './timeline.tsx';
import { useChanges } from './use-live.ts';
import { Fact } from './fact.tsx';

const words = text.crm;

function Origin({ origin }: { origin: NonNullable<ConversationDetail['origin']> }) {
  const url = safeUrl(origin.url);
  return (
    <section class="section">
      <h3>{words.origin}</h3>
      <dl class="facts">
        {(origin.title || origin.url) && (
          <Fact label={words.page}>
            {url ? (
              <a href={url} target="_blank" rel="noopener noreferrer">
                {origin.title || origin.url}
              </a>
            ) : (
              origin.title || origin.url
            )}
          </Fact>
        )}
        {origin.referrer && <Fact label={words.referrer}>{origin.referrer}</Fact>}
        {origin.payload && <Fact label={words.campaign}>{origin.payload}</Fact>}
      </dl>
    </section>
  );
}

/** Who this is, the lead, where they came from, and why the talk is where it is. */
export function TalkPanel({ talk, onClose }: { talk: ConversationDetail; onClose: () => void }) {
  const [decisions, setDecisions] = useState(false);
  const [history, setHistory] = useState(false);
  const thread = threadOf(talk.id);
  const contact = talk.contactDetail;
  useChanges(
    ({ kind, id }) =>
      (kind === 'contact' && id === contact.id) || (kind === 'lead' && id === talk.leadId),
    () => void refreshDetail(talk.id),
  );
  return (
    <aside class="panel scroll" aria-label={words.panel}>
      <div class="panel-head">
        <Avatar name={contact.name} id={contact.id} url={contact.avatarUrl} size={40} />
        <div class="grow">
          <h2 dir="auto">{contact.name}</h2>
          <a class="small-text" href={to.contacts(contact.id)}>
            {words.contact} {contact.number}
          </a>
        </div>
        <Button icon="cross" label={text.act.close} tone="quiet" small onClick={onClose} />
      </div>
      <section class="section">
        <ContactFacts
          contact={contact}
          onChanged={(changed) => {
            thread.detail.value = {
              ...talk,
              contactDetail: changed,
              contact: { id: changed.id, name: changed.name },
            };
            putTalk({ ...talk, contact: { id: changed.id, name: changed.name } });
          }}
        />
      </section>
      <section class="section">
        <header>
          <h3>{words.lead}</h3>
          {talk.lead && <a href={to.leads(talk.lead.id)}>L{talk.lead.number}</a>}
        </header>
        {talk.lead ? (
          <LeadFacts
            lead={talk.lead}
            onChanged={(lead) => {
              thread.detail.value = { ...talk, lead };
            }}
          />
        ) : (
          <p class="muted">{words.noLead}</p>
        )}
      </section>
      <DealsOf
        contactId={contact.id}
        conversationId={talk.id}
        onMade={() => void refreshDetail(talk.id)}
      />
      <Promises talk={talk} />
      <Sessions talk={talk} />
      <MergedTalks talk={talk} />
      {talk.origin && <Origin origin={talk.origin} />}
      <section class="section">
        <h3>{talk.ownerId ? words.why : words.whyNobody}</h3>
        {talk.why && <p class="why">{talk.why}</p>}
        <button type="button" class="link small-text" onClick={() => setDecisions(true)}>
          {words.whyAll}
        </button>
      </section>
      <section class="section">
        <header>
          <h3>{words.timeline}</h3>
          <Button small tone="quiet" expanded={history} onClick={() => setHistory(!history)}>
            {history ? text.act.hide : text.act.show}
          </Button>
        </header>
        {history && <Timeline kind="conversation" id={talk.id} version={talk.rev} />}
      </section>
      {decisions && <DecisionsDialog id={talk.id} onClose={() => setDecisions(false)} />}
    </aside>
  );
}

import { useState } from 'preact/hooks';
import type { ContactView } from '../../../src/contract/wire.ts';
import { createContact, listContacts, readContact } from '../api/crm.ts';
import { listTalks } from '../api/talks.ts';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { userName } from '../state/people.ts';
import { EVERYBODY, scopeValue } from '../state/scope.ts';
import { can } from '../state/session.ts';
import { text } from '../text/index.ts';
import { dateOf } from '../text/time.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { CreateDialog } from '../ui/create-dialog.tsx';
import { Problem } from '../ui/feedback.tsx';
import { TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icon.tsx';
import { ShortTime } from '../ui/time.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { useForm } from '../ui/use-form.ts';
import { useLoad } from '../ui/use-load.ts';
import { usePages } from '../ui/use-pages.ts';
import { ContactFacts } from './contact-facts.tsx';
import { DealsOf } from './deals-of.tsx';
import { ListPage } from './list-page.tsx';
import { OwnerScope } from './owner-scope.tsx';
import { SidePanel } from './side-panel.tsx';
import { Timeline } from './timeline.tsx';
import { useChanges, useLiveList } from './use-live.ts';

const words = text.crm;

function NewContactDialog(props: { onClose: () => void; onMade: (contact: ContactView) => void }) {
  const form = useForm({ name: '', phone: '', email: '' });
  const { value, set, error } = form;
  return (
    <CreateDialog
      title={words.newContact}
      form={form}
      create={({ name, phone, email }) =>
        createContact({
          name: name.trim(),
          phones: phone.trim() ? [phone.trim()] : [],
          emails: email.trim() ? [email.trim()] : [],
        })
      }
      onMade={(made) => {
        props.onMade(made);
        props.onClose();
      }}
      onClose={props.onClose}
    >
      <TextField
        label={words.name}
        value={value.name}
        onChange={(name) => set({ name })}
        problem={problemOf(error, 'name')}
        required
      />
      <TextField
        label={words.phone}
        type="tel"
        value={value.phone}
        onChange={(phone) => set({ phone })}
        placeholder="+49 30 1234567"
        optional
      />
      <TextField
        label={words.email}
        type="email"
        value={value.email}
        onChange={(email) => set({ email })}
        optional
      />
      {error && <Problem error={error} />}
    </CreateDialog>
  );
}

function TalksOf({ contactId }: { contactId: string }) {
  const loaded = useLoad(() => listTalks({ contact: contactId }, null, 20), contactId);
  return (
    <section class="section">
      <h3>{words.talksOf}</h3>
      {loaded.error && <p class="problem">{loaded.error.message}</p>}
      {loaded.value?.items.length === 0 && <p class="muted">{text.none}</p>}
      {loaded.value?.items.map((talk) => (
        <div key={talk.id} class="row">
          <Icon name={channelIcon(talk.channelType)} small />
          <a
            class="clip grow"
            href={to.inbox(talk.state === 'closed' ? 'closed' : 'open', talk.id)}
          >
            {talk.lastMessage?.text || talk.channelName}
          </a>
          <span class="chip">{text.talks.state[talk.state]}</span>
        </div>
      ))}
    </section>
  );
}

/** Everybody who wrote or was added. */
export function ContactsPage({ id }: { id: string | null }) {
  const [q, setQ] = useState('');
  const [making, setMaking] = useState(false);
  const asked = useDebounced(q.trim());
  const [scope, setScope] = useState(EVERYBODY);
  const pages = usePages(
    (cursor) => listContacts(asked, scope, cursor),
    `${scopeValue(scope)} ${asked}`,
  );
  useLiveList('contact', pages, readContact);
  return (
    <>
      <ListPage
        title={text.nav.contacts}
        q={q}
        searchLabel={words.searchContacts}
        onSearch={setQ}
        tools={
          <>
            <OwnerScope right="contact.read" value={scope} onChange={setScope} />
            {can('contact.change') && (
              <Button icon="plus" onClick={() => setMaking(true)}>
                {words.newContact}
              </Button>
            )}
          </>
        }
        pages={pages}
        columns={[words.name, words.phone, words.email, words.owner, words.created]}
        row={(contact) => (
          <>
            <td>
              <span class="row">
                <Avatar name={contact.name} id={contact.id} url={contact.avatarUrl} size={26} />
                <a class="cell-link" href={to.contacts(contact.id)}>
                  {contact.name}
                </a>
              </span>
            </td>
            <td>{contact.phones.join(', ')}</td>
            <td>{contact.emails.join(', ')}</td>
            <td>{userName(contact.ownerId)}</td>
            <td class="muted">
              <ShortTime at={contact.createdAt} />
            </td>
          </>
        )}
        selected={id}
        filtered={asked !== '' || scopeValue(scope) !== ''}
        empty={{ icon: 'person', title: words.emptyContacts, help: words.emptyContactsHelp }}
        panel={
          id && (
            <ContactPanel
              key={id}
              id={id}
              onChanged={(contact) =>
                pages.change((items) => items.map((one) => (one.id === contact.id ? contact : one)))
              }
            />
          )
        }
      />
      {making && (
        <NewContactDialog
          onClose={() => setMaking(false)}
          onMade={(contact) => {
            pages.change((items) => [contact, ...items]);
            navigate(to.contacts(contact.id));
          }}
        />
      )}
    </>
  );
}

function ContactPanel(props: { id: string; onChanged: (contact: ContactView) => void }) {
  const loaded = useLoad(() => readContact(props.id), props.id);
  useChanges((change) => change.kind === 'contact' && change.id === props.id, loaded.again);
  return (
    <SidePanel loaded={loaded} title={({ name }) => name} back={to.contacts()}>
      {(contact) => (
        <>
          <section class="section">
            <ContactFacts
              contact={contact}
              onChanged={(changed) => {
                loaded.set(changed);
                props.onChanged(changed);
              }}
            />
            <p class="muted small-text">
              {words.contact} {contact.number} · {words.created} {dateOf(contact.createdAt)}
            </p>
          </section>
          <TalksOf contactId={contact.id} />
          <DealsOf contactId={contact.id} />
          <section class="section">
            <h3>{words.timeline}</h3>
            <Timeline kind="contact" id={contact.id} />
          </section>
        </>
      )}
    </SidePanel>
  );
}

import type { ContactView } from '../../../src/contract/wire.ts';
import { changeContact } from '../api/crm.ts';
import type { ContactBody } from '../api/crm.ts';
import { userName } from '../state/people.ts';
import { can } from '../state/session.ts';
import { text } from '../text/index.ts';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icon.tsx';
import { Fact, OwnerFact, TextFact } from './fact.tsx';

const words = text.crm;
const listOf = (value: string) =>
  value
    .split(/[\n,;]+/u)
    .map((one) => one.trim())
    .filter(Boolean);

/** What is known of a contact, changed in place. */
export function ContactFacts(props: {
  contact: ContactView;
  onChanged: (contact: ContactView) => void;
}) {
  const { contact } = props;
  const readOnly = !can('contact.change');
  const save = async (change: Partial<ContactBody>) => {
    const changed = await changeContact(contact.id, change);
    props.onChanged(changed);
    return changed;
  };
  return (
    <dl class="facts">
      <TextFact
        label={words.name}
        value={contact.name}
        blank={words.addName}
        readOnly={readOnly}
        save={(name) => save({ name })}
      />
      <TextFact
        label={words.phone}
        spoken={words.phones}
        value={contact.phones.join(', ')}
        blank={words.addPhone}
        readOnly={readOnly}
        save={(value) => save({ phones: listOf(value) })}
      />
      <TextFact
        label={words.email}
        spoken={words.emails}
        value={contact.emails.join(', ')}
        blank={words.addEmail}
        readOnly={readOnly}
        save={(value) => save({ emails: listOf(value) })}
      />
      {contact.language && <Fact label={words.language}>{contact.language}</Fact>}
      {contact.identities.length > 0 && (
        <Fact label={words.identities}>
          {contact.identities.map((identity) => (
            <div key={identity.id} class="row" title={words.proof[identity.proof]}>
              <Icon name={channelIcon(identity.channelType)} small />
              <span class="clip">
                {identity.username ? `@${identity.username}` : identity.name}
                <span class="muted"> · {identity.channelName}</span>
              </span>
            </div>
          ))}
        </Fact>
      )}
      <OwnerFact
        ownerId={contact.ownerId}
        ownerName={userName(contact.ownerId)}
        readOnly={readOnly}
        save={(ownerId) => save({ ownerId })}
      />
      <TextFact
        label={words.note}
        value={contact.note}
        blank={words.addNote}
        multiline
        readOnly={readOnly}
        save={(note) => save({ note })}
      />
    </dl>
  );
}

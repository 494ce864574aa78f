import type { ContactView } from '../../../src/contract/wire.ts';
import { changeContact } from '../api/crm.ts';
import type { ContactBody } from '../api/crm.ts';
import { can } from '../state/session.ts';
import { text } from '../text/index.ts';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icon.tsx';
import { Editable } from './editable.tsx';

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
  withName?: boolean;
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
      {props.withName !== false && (
        <div class="fact">
          <dt>{words.name}</dt>
          <dd>
            <Editable
              label={words.name}
              value={contact.name}
              blank={words.addName}
              readOnly={readOnly}
              save={(name) => save({ name })}
            />
          </dd>
        </div>
      )}
      <div class="fact">
        <dt>{words.phone}</dt>
        <dd>
          <Editable
            label={words.phones}
            value={contact.phones.join(', ')}
            blank={words.addPhone}
            readOnly={readOnly}
            save={(value) => save({ phones: listOf(value) })}
          />
        </dd>
      </div>
      <div class="fact">
        <dt>{words.email}</dt>
        <dd>
          <Editable
            label={words.emails}
            value={contact.emails.join(', ')}
            blank={words.addEmail}
            readOnly={readOnly}
            save={(value) => save({ emails: listOf(value) })}
          />
        </dd>
      </div>
      {contact.language && (
        <div class="fact">
          <dt>{words.language}</dt>
          <dd>{contact.language}</dd>
        </div>
      )}
      {contact.identities.length > 0 && (
        <div class="fact">
          <dt>{words.identities}</dt>
          <dd>
            {contact.identities.map((identity) => (
              <div key={identity.id} class="row" title={words.proof[identity.proof]}>
                <Icon name={channelIcon(identity.channelType)} small />
                <span class="clip">
                  {identity.username ? `@${identity.username}` : identity.name}
                  <span class="muted"> · {identity.channelName}</span>
                </span>
              </div>
            ))}
          </dd>
        </div>
      )}
      <div class="fact">
        <dt>{words.note}</dt>
        <dd>
          <Editable
            label={words.note}
            value={contact.note}
            blank={words.addNote}
            multiline
            readOnly={readOnly}
            save={(note) => save({ note })}
          />
        </dd>
      </div>
    </dl>
  );
}

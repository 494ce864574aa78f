import type { Card } from '../../contract/card.ts';
import type { ContactView } from '../../contract/wire.ts';

/** A contact, short. */
export function contactCard(contact: ContactView, title = contact.name, tone?: 'good'): Card {
  const channels = contact.identities.map(({ channelName, username }) =>
    username ? `${channelName} (@${username})` : channelName,
  );
  const fields = [
    { label: 'Name', value: contact.name },
    { label: 'Phone', value: contact.phones.join(', ') },
    { label: 'E-mail', value: contact.emails.join(', ') },
    { label: 'Writes by', value: channels.join(', ') },
    { label: 'Note', value: contact.note },
  ];
  return {
    title,
    ...(tone ? { tone } : {}),
    blocks: [
      {
        kind: 'fields',
        fields: [
          { label: 'Number', value: String(contact.number) },
          ...fields.filter(
            ({ label, value }) => value !== '' && !(label === 'Name' && value === title),
          ),
        ],
      },
    ],
  };
}

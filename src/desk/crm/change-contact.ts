import { Refusal } from '../../base/errors.ts';
import type { ContactBody, ContactView } from '../../contract/wire.ts';
import type { Contact } from '../../domain/crm/records.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actorOf } from '../talks/access.ts';
import { contactView } from '../views/crm.ts';
import { emailFields, nameField, noteField, ownerField, phoneFields } from './fields.ts';
import { permitRecord } from './reach.ts';
import { differenceOf, entryOf } from './record-change.ts';
import type { Words } from './record-change.ts';
import { turns } from './turns.ts';

const WORDS: Words<Contact> = {
  name: { label: 'Name', show: (name) => name },
  phones: { label: 'Phones', show: (phones) => phones.join(', ') },
  emails: { label: 'E-mails', show: (emails) => emails.join(', ') },
  language: { label: 'Language', show: (language) => language ?? '' },
  ownerId: { label: 'Owner' },
  note: { label: 'Note' },
};

/**
 * Changes a contact. A new name shows in the contact's talks at once. Everything is checked before
 * anything is written.
 */
export function changeContact(
  desk: Desk,
  who: Principal,
  id: string,
  body: ContactBody,
): Promise<ContactView> {
  return turns.run(`contact:${id}`, async () => {
    const contact = await desk.stores.contacts.get(id);
    if (!contact) throw new Refusal('not_found', 'There is no such contact.');
    await permitRecord(desk, who, 'contact.change', 'change this contact', {
      ownerId: contact.ownerId,
      talksOf: id,
    });
    const difference = differenceOf(contact, await readChange(desk, body), WORDS);
    if (!difference) return contactView(desk, contact);
    const entry = entryOf(desk, { kind: 'contact', id }, actorOf(who), difference, null);
    const changed = await desk.stores.contacts.change(id, difference.after, entry);
    if (!changed) throw new Refusal('not_found', 'This contact was deleted.');
    if ('name' in difference.after) await renameInTalks(desk, changed);
    desk.bus.publish({ type: 'contact.changed', contactId: id });
    return contactView(desk, changed);
  });
}

async function readChange(desk: Desk, body: ContactBody): Promise<Partial<Contact>> {
  return {
    ...(body.name === undefined ? {} : { name: nameField(body.name, 'name') }),
    ...(body.phones === undefined ? {} : { phones: await phoneFields(desk, body.phones) }),
    ...(body.emails === undefined ? {} : { emails: emailFields(body.emails) }),
    ...(body.language === undefined ? {} : { language: body.language }),
    ...(body.note === undefined ? {} : { note: noteField(body.note) }),
    ...(body.ownerId === undefined ? {} : { ownerId: await ownerField(desk, body.ownerId) }),
  };
}

async function renameInTalks(desk: Desk, contact: Contact): Promise<void> {
  await desk.stores.conversations.renameContact(contact.id, contact.name);
  for (const conversation of await desk.stores.conversations.ofContact(contact.id))
    desk.bus.publish({ type: 'conversation.changed', conversation });
}

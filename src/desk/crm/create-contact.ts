import { Refusal } from '../../base/errors.ts';
import type { ContactBody, ContactView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actorOf } from '../talks/access.ts';
import { contactView } from '../views/crm.ts';
import { emailFields, nameField, noteField, ownerField, phoneFields } from './fields.ts';
import { permitRecord } from './reach.ts';
import { entryOf } from './record-change.ts';

/** Makes a contact by hand; without an owner given, the maker's. */
export async function createContact(
  desk: Desk,
  who: Principal,
  body: ContactBody,
): Promise<ContactView> {
  if (body.name === undefined) throw new Refusal('malformed', 'name: give one.', { field: 'name' });
  const ownerId = body.ownerId === undefined ? who.user.id : body.ownerId;
  await permitRecord(desk, who, 'contact.change', 'make contacts', { ownerId });
  const fields = {
    name: nameField(body.name, 'name'),
    phones: await phoneFields(desk, body.phones ?? []),
    emails: emailFields(body.emails ?? []),
    language: body.language ?? null,
    companyId: null,
    ownerId: await ownerField(desk, ownerId),
    avatarId: null,
    note: noteField(body.note ?? ''),
  };
  const after = { name: fields.name, ownerId: fields.ownerId };
  const difference = { what: 'Contact made.', before: null, after };
  const contact = await desk.stores.contacts.create(fields, ({ id }) =>
    entryOf(desk, { kind: 'contact', id }, actorOf(who), difference, null),
  );
  desk.bus.publish({ type: 'contact.changed', contactId: contact.id });
  return contactView(desk, contact);
}

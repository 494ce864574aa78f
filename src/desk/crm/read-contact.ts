import { Refusal } from '../../base/errors.ts';
import type { ContactView } from '../../contract/wire.ts';
import type { Contact } from '../../domain/crm/records.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { contactView } from '../views/crm.ts';
import { permitRecord } from './reach.ts';

/** One contact with their identities. */
export async function readContact(desk: Desk, who: Principal, id: string): Promise<ContactView> {
  return shown(desk, who, await desk.stores.contacts.get(id));
}

/** The same by the number that people use: `/contact 12`. */
export async function readContactByNumber(
  desk: Desk,
  who: Principal,
  number: number,
): Promise<ContactView> {
  return shown(desk, who, await desk.stores.contacts.byNumber(number));
}

async function shown(desk: Desk, who: Principal, contact: Contact | null): Promise<ContactView> {
  if (!contact) throw new Refusal('not_found', 'There is no such contact.');
  await permitRecord(desk, who, 'contact.read', 'see this contact', {
    ownerId: contact.ownerId,
    talksOf: contact.id,
  });
  return contactView(desk, contact);
}

import type { ContactView, Page } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { contactViews } from '../views/crm.ts';
import { listOwners } from './reach.ts';
import type { WantedOwners } from './reach.ts';

/**
 * Contacts, newest first. `q`: words of the name by prefix, digits of a phone, start of an e-mail.
 */
export async function listContacts(
  desk: Desk,
  who: Principal,
  filter: WantedOwners & { q?: string },
  page: PageRequest,
): Promise<Page<ContactView>> {
  const { ownerId, departmentId, ...rest } = filter;
  const wanted = { ...(ownerId && { ownerId }), ...(departmentId && { departmentId }) };
  const ownerIds = await listOwners(desk, who, 'contact.read', 'see contacts', wanted);
  const found = await desk.stores.contacts.list({ ...rest, ...(ownerIds && { ownerIds }) }, page);
  return { items: await contactViews(desk, found.items), nextCursor: found.nextCursor };
}

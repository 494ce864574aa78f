import type { ContactView, Page } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { contactViews } from '../views/crm.ts';
import { listOwner } from './reach.ts';

/**
 * Contacts, newest first. `q`: words of the name by prefix, digits of a phone, start of an e-mail.
 */
export async function listContacts(
  desk: Desk,
  who: Principal,
  filter: { q?: string; ownerId?: string },
  page: PageRequest,
): Promise<Page<ContactView>> {
  const ownerId = listOwner(who, 'contact.read', 'see contacts', filter.ownerId);
  const { ownerId: _, ...rest } = filter;
  const found = await desk.stores.contacts.list({ ...rest, ...(ownerId ? { ownerId } : {}) }, page);
  return { items: await contactViews(desk, found.items), nextCursor: found.nextCursor };
}

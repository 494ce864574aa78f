import type { AuditView, Page } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';

/** Who did what: sign-ins, settings, people, channels; newest first. */
export async function listAudit(
  desk: Desk,
  who: Principal,
  page: PageRequest,
): Promise<Page<AuditView>> {
  permit(who, 'audit.read', 'read the audit log');
  const { items, nextCursor } = await desk.stores.audit.list(page);
  return {
    items: items.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() })),
    nextCursor,
  };
}

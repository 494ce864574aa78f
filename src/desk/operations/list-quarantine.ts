import { Refusal } from '../../base/errors.ts';
import type { Page, QuarantineView } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { quarantineView } from '../views/quarantine.ts';

/** What came in and could not be used, newest first; `state` null: in any state. */
export async function listQuarantine(
  desk: Desk,
  who: Principal,
  state: QuarantineView['state'] | null,
  page: PageRequest,
): Promise<Page<QuarantineView>> {
  permit(who, 'quarantine.read', 'see the quarantine');
  const { items, nextCursor } = await desk.stores.quarantine.list(state, page);
  return { items: items.map(quarantineView), nextCursor };
}

/** One of them. */
export async function readQuarantine(
  desk: Desk,
  who: Principal,
  id: string,
): Promise<QuarantineView> {
  permit(who, 'quarantine.read', 'see the quarantine');
  const item = await desk.stores.quarantine.get(id);
  if (!item) throw new Refusal('not_found', 'There is no such item in quarantine.');
  return quarantineView(item);
}

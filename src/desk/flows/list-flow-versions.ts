import type { FlowVersionView, Page } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { findFlow } from './find-flow.ts';
import { versionView } from './flow-view.ts';

/** What was published, newest first. */
export async function listFlowVersions(
  desk: Desk,
  who: Principal,
  id: string,
  page: PageRequest,
): Promise<Page<FlowVersionView>> {
  permit(who, 'flow.read', 'see the flows');
  await findFlow(desk, id);
  const { items, nextCursor } = await desk.stores.composedFlows.versions(id, page);
  return { items: items.map(versionView), nextCursor };
}

import type { PipelineView } from '../../contract/wire.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';

/** All pipelines with their stages in order. A company has a handful: no paging. */
export async function listPipelines(desk: Desk, who: Principal): Promise<PipelineView[]> {
  permit(who, 'deal.read', 'see pipelines');
  const pipelines = await desk.stores.deals.pipelines();
  return pipelines.map(({ id, name, stages }) => ({ id, name, stages }));
}

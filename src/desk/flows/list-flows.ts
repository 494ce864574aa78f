import type { FlowView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { flowView } from './flow-view.ts';

/** All composed flows, by name. */
export async function listFlows(desk: Desk, who: Principal): Promise<FlowView[]> {
  permit(who, 'flow.read', 'see the flows');
  const flows = await desk.stores.composedFlows.all();
  return Promise.all(flows.map((flow) => flowView(desk, flow)));
}

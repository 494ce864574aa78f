import type { FlowView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { findFlow } from './find-flow.ts';
import { flowView } from './flow-view.ts';

/** One composed flow. */
export async function readFlow(desk: Desk, who: Principal, id: string): Promise<FlowView> {
  permit(who, 'flow.read', 'see the flows');
  return flowView(desk, await findFlow(desk, id));
}

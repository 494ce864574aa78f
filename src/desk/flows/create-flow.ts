import type { z } from 'zod';
import type { FlowView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import type { newFlow } from './flow-fields.ts';
import { flowView } from './flow-view.ts';

/** Makes a flow; no line can have it before it is published. */
export async function createFlow(
  desk: Desk,
  who: Principal,
  flow: z.output<typeof newFlow>,
): Promise<FlowView> {
  permit(who, 'flow.change', 'make flows');
  const made = await desk.stores.composedFlows.create(flow, desk.clock.now());
  await recordAudit(desk, who, 'flow.create', `Made the flow "${made.name}".`);
  return flowView(desk, made);
}

import type { z } from 'zod';
import type { FlowView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { findFlow, overtaken } from './find-flow.ts';
import type { flowChange } from './flow-fields.ts';
import { flowView } from './flow-view.ts';

/** Changes a flow's name or draft; customers get it only when it is published. Refused over a colleague's change. */
export async function changeFlow(
  desk: Desk,
  who: Principal,
  id: string,
  { rev, name, draft }: z.output<typeof flowChange>,
): Promise<FlowView> {
  permit(who, 'flow.change', 'change flows');
  const before = await findFlow(desk, id);
  const change = { ...(name !== undefined && { name }), ...(draft && { draft }) };
  const changed = await desk.stores.composedFlows.change(id, rev, change, desk.clock.now());
  if (!changed) throw overtaken(before);
  const what = draft ? 'Changed the draft of the flow' : 'Renamed the flow';
  await recordAudit(desk, who, 'flow.change', `${what} "${changed.name}".`);
  return flowView(desk, changed);
}

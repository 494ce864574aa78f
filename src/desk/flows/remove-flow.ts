import { Refusal } from '../../base/errors.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { findFlow } from './find-flow.ts';
import { linesWith } from './flow-view.ts';

/** Takes a flow out of use that no line has; talks under way go on with it. */
export async function removeFlow(desk: Desk, who: Principal, id: string): Promise<void> {
  permit(who, 'flow.change', 'remove flows');
  const { name } = await findFlow(desk, id);
  const lines = (await linesWith(desk, id)).map((line) => `"${line.name}"`);
  if (lines.length > 0)
    throw new Refusal(
      'rule_broken',
      `${lines.join(', ')} ${lines.length === 1 ? 'has' : 'have'} the flow "${name}". Take it off there first.`,
    );
  await desk.stores.composedFlows.archive(id, desk.clock.now());
  await recordAudit(desk, who, 'flow.remove', `Removed the flow "${name}".`);
}

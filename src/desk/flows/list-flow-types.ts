import { z } from 'zod';
import type { FlowTypeView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { newestFlows } from '../lines/check-flows.ts';

/** What a line can do by itself, each with the form of its settings. */
export async function listFlowTypes(desk: Desk, who: Principal): Promise<FlowTypeView[]> {
  permit(who, 'line.read', 'see the flows');
  return [...newestFlows(desk.flows).values()].map((flow) => {
    const { name, version, title, summary, begins, config } = flow;
    const { $schema: _, ...schema } = z.toJSONSchema(config, { target: 'draft-7', io: 'input' });
    return { name, version, title, summary, begins, schema };
  });
}

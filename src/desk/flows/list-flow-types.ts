import { z } from 'zod';
import type { FlowTypeView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { newestFlows } from '../lines/check-flows.ts';

/** A composed flow has no settings: they are in its steps. */
const NO_SETTINGS = { type: 'object', properties: {}, additionalProperties: false };

/** What a line can do by itself, each with the form of its settings; after the built-in ones what was composed. */
export async function listFlowTypes(desk: Desk, who: Principal): Promise<FlowTypeView[]> {
  permit(who, 'line.read', 'see the flows');
  const builtIn = [...newestFlows(desk.flows).values()].map((flow): FlowTypeView => {
    const { name, version, title, summary, begins, config } = flow;
    const { $schema: _, ...schema } = z.toJSONSchema(config, { target: 'draft-7', io: 'input' });
    return { name, version, title, summary, begins, schema };
  });
  const composed = await Promise.all(
    (await desk.stores.composedFlows.all()).map(async ({ id, name }): Promise<FlowTypeView[]> => {
      const newest = await desk.stores.composedFlows.newest(id);
      if (!newest) return [];
      return [
        {
          ...{ name: id, version: newest.number, title: name, begins: newest.script.begins },
          ...{ summary: `Composed here; version ${newest.number}.`, schema: NO_SETTINGS },
          composed: true,
        },
      ];
    }),
  );
  return [...builtIn, ...composed.flat()];
}

import { z } from 'zod';
import { Refusal } from '../../base/errors.ts';
import type { Flow } from '../../contract/flow.ts';
import type { LineFlowView } from '../../contract/wire.ts';
import type { Desk } from '../desk.ts';

/** The newest version of each flow, by name. */
export function newestFlows(flows: readonly Flow[]): Map<string, Flow> {
  const newest = new Map<string, Flow>();
  for (const flow of flows) {
    const known = newest.get(flow.name);
    if (!known || known.version < flow.version) newest.set(flow.name, flow);
  }
  return newest;
}

/** Flows with their settings read by each flow's own schema; refuses unknown names and settings that do not fit. */
export function checkFlows(
  desk: Pick<Desk, 'flows'>,
  given: readonly LineFlowView[],
): LineFlowView[] {
  const newest = newestFlows(desk.flows);
  return given.map(({ name, config }, place) => {
    const flow = newest.get(name);
    if (!flow) {
      const field = `flows.${place}.name`;
      throw new Refusal(
        'rule_broken',
        `${field}: there is no flow "${name}". Give one of ${[...newest.keys()].join(', ')}.`,
        { field },
      );
    }
    if (given.findIndex((other) => other.name === name) !== place) {
      const field = `flows.${place}.name`;
      throw new Refusal('rule_broken', `${field}: "${name}" is in the list twice.`, { field });
    }
    const read = flow.config.safeParse(config);
    if (!read.success) {
      const issue = read.error.issues[0];
      const field = ['flows', place, 'config', ...(issue?.path ?? [])].join('.');
      throw new Refusal('rule_broken', `${field}: ${issue?.message ?? 'This does not fit.'}`, {
        field,
      });
    }
    return { name, config: z.record(z.string(), z.unknown()).parse(read.data) };
  });
}

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

/**
 * Flows with their settings read by each flow's own schema; refuses unknown names and settings that do not fit.
 * `before`: what the line has already may stay, also when it is gone meanwhile.
 */
export async function checkFlows(
  desk: Pick<Desk, 'flows' | 'stores'>,
  given: readonly LineFlowView[],
  before: readonly LineFlowView[] = [],
): Promise<LineFlowView[]> {
  const newest = newestFlows(desk.flows);
  const checked: LineFlowView[] = [];
  for (const [place, { name, config }] of given.entries()) {
    const field = `flows.${place}.name`;
    if (given.findIndex((other) => other.name === name) !== place)
      throw new Refusal('rule_broken', `${field}: "${name}" is in the list twice.`, { field });
    const schema = newest.get(name)?.config;
    if (schema) checked.push({ name, config: readConfig(schema, config, place) });
    else {
      if (!before.some((other) => other.name === name)) await findComposed(desk, name, field);
      checked.push({ name, config: readConfig(NO_SETTINGS, config, place) });
    }
  }
  return checked;
}

const NO_SETTINGS = z.strictObject({});

function readConfig(schema: z.ZodType, config: unknown, place: number): Record<string, unknown> {
  const read = schema.safeParse(config);
  if (read.success) return z.record(z.string(), z.unknown()).parse(read.data);
  const issue = read.error.issues[0];
  const field = ['flows', place, 'config', ...(issue?.path ?? [])].join('.');
  throw new Refusal('rule_broken', `${field}: ${issue?.message ?? 'This does not fit.'}`, {
    field,
  });
}

async function findComposed(
  { flows, stores }: Pick<Desk, 'flows' | 'stores'>,
  id: string,
  field: string,
): Promise<void> {
  const flow = await stores.composedFlows.get(id);
  if (!flow || flow.archivedAt) {
    const names = [...newestFlows(flows).keys()].join(', ');
    const message = `${field}: there is no flow "${id}". Give one of ${names}, or the id of one of your own.`;
    throw new Refusal('rule_broken', message, { field });
  }
  if (!(await stores.composedFlows.newest(id)))
    throw new Refusal('rule_broken', `${field}: publish the flow "${flow.name}" first.`, { field });
}

import { Refusal } from '../../base/errors.ts';
import type { ComposedFlow } from '../../domain/flows/composed.ts';
import type { Desk } from '../desk.ts';

/** The flow that is there under this id; refuses ids of none. */
export async function findFlow(desk: Pick<Desk, 'stores'>, id: string): Promise<ComposedFlow> {
  const flow = await desk.stores.composedFlows.get(id);
  if (!flow || flow.archivedAt) throw new Refusal('not_found', 'There is no such flow.');
  return flow;
}

/** What is said to somebody who changes a draft that is another by now. */
export const overtaken = ({ name }: ComposedFlow): Refusal =>
  new Refusal('conflict', `A colleague has changed "${name}" meanwhile.`, { field: 'rev' });

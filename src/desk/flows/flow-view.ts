import { isDeepStrictEqual } from 'node:util';
import type { FlowVersionView, FlowView } from '../../contract/wire.ts';
import type { ComposedFlow, FlowVersion } from '../../domain/flows/composed.ts';
import type { Desk } from '../desk.ts';

/** A version as people see it. */
export function versionView({ number, script, at, by, note }: FlowVersion): FlowVersionView {
  return { number, script, at: at.toISOString(), by, note };
}

/** Lines that have the flow. */
export async function linesWith(
  desk: Pick<Desk, 'stores'>,
  flowId: string,
): Promise<{ id: string; name: string }[]> {
  const lines = await desk.stores.lines.all();
  return lines
    .filter(({ flows }) => flows.some(({ name }) => name === flowId))
    .map(({ id, name }) => ({ id, name }));
}

/** A composed flow as people see it. */
export async function flowView(
  desk: Pick<Desk, 'stores' | 'composer'>,
  flow: ComposedFlow,
): Promise<FlowView> {
  const [newest, lines] = await Promise.all([
    desk.stores.composedFlows.newest(flow.id),
    linesWith(desk, flow.id),
  ]);
  const { id, name, draft, rev, createdAt, updatedAt } = flow;
  const published = newest && versionView(newest);
  return {
    ...{ id, name, draft, rev, lines },
    problems: desk.composer.problems(draft),
    published: published && {
      ...{ number: published.number, at: published.at, by: published.by, note: published.note },
    },
    changed: !isDeepStrictEqual(newest?.script, draft),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

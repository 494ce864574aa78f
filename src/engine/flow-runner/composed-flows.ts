import type { Composer } from '../../contract/composed.ts';
import type { Flow } from '../../contract/flow.ts';
import type { FlowVersion } from '../../domain/flows/composed.ts';
import type { Stores } from '../../domain/stores.ts';

/** Flows that are not in the code: by the id of their definition, and the number of a version. */
export interface ComposedFlows {
  /** What a new session gets; null: there is no such flow, it is archived, or was never published. */
  newest(id: string): Promise<Flow | null>;
  /** What a session under way goes on with. Null: there is no such version. */
  version(id: string, number: number): Promise<Flow | null>;
}

const MOST = 200;

/** Reads them from the database. A version never changes: what was made of it is kept. */
export function createComposedFlows(
  stores: Pick<Stores, 'composedFlows'>,
  composer: Composer,
): ComposedFlows {
  const kept = new Map<string, Flow>();
  const made = ({ flowId, number, script }: FlowVersion): Flow => {
    const key = `${flowId}:${number}`;
    const known = kept.get(key);
    if (known) return known;
    const composed = composer.compose({ name: flowId, version: number, title: flowId, script });
    // Its settings and states are read by its own schemas, as those of every flow.
    const flow = composed as unknown as Flow;
    if (kept.size >= MOST) kept.clear();
    kept.set(key, flow);
    return flow;
  };
  return {
    async newest(id) {
      const [flow, version] = await Promise.all([
        stores.composedFlows.get(id),
        stores.composedFlows.newest(id),
      ]);
      return flow && !flow.archivedAt && version ? made(version) : null;
    },
    async version(id, number) {
      const known = kept.get(`${id}:${number}`);
      if (known) return known;
      const version = await stores.composedFlows.version(id, number);
      return version && made(version);
    },
  };
}

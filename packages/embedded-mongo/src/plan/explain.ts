import type { Collection } from '../store/index.ts';
import type { Doc } from '../values/index.ts';
import type { Plan } from './plan.ts';

/**
 * A plan in the words of MongoDB's `explain`.
 * @see https://www.mongodb.com/docs/manual/reference/explain-results/
 */
export function explainPlan(plan: Plan, sort: Doc | undefined): Doc {
  const stage = stageOf(plan);
  return plan.sorted || !sort ? stage : { stage: 'SORT', sortPattern: sort, inputStage: stage };
}

function stageOf(plan: Plan): Doc {
  switch (plan.kind) {
    case 'collection':
      return { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' };
    case 'empty':
      return { stage: 'EOF' };
    case 'union':
      return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.plans.map(scanOf) } };
    case 'index':
      return { stage: 'FETCH', inputStage: scanOf(plan) };
  }
}

function scanOf(plan: Plan): Doc {
  if (plan.kind !== 'index') return stageOf(plan);
  const { index } = plan;
  const scan = {
    stage: 'IXSCAN',
    keyPattern: index.spec.key,
    indexName: index.name,
    isMultiKey: index.multikey,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.spec['partialFilterExpression'] !== undefined,
    direction: plan.reverse ? 'backward' : 'forward',
    ranges: plan.ranges.length,
  };
  return plan.merge ? { stage: 'SORT_MERGE', inputStage: scan } : scan;
}

/** The `queryPlanner` part of an explanation. */
export const queryPlanner = (c: Collection, filter: Doc, winningPlan: Doc): Doc => ({
  namespace: c.ns,
  parsedQuery: filter,
  indexFilterSet: false,
  winningPlan,
  rejectedPlans: [],
});

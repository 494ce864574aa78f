import type { Strategy } from '../../../contract/routing.ts';

/** Everybody who is free sees it; the first to take it has it. */
export const allAtOnce: Strategy = {
  name: 'all',
  pick(_request, candidates) {
    const operatorIds = candidates.map((candidate) => candidate.operatorId);
    return {
      act: 'offer',
      operatorIds,
      why:
        operatorIds.length === 1
          ? 'All at once: one operator is free.'
          : `All at once: ${operatorIds.length} operators are free, the first to take it has it.`,
    };
  },
};

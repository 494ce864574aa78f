import type { Strategy } from '../../../contract/routing.ts';

/** Whoever has waited longest since their last turn on this line; never had one comes first; ties by the line's order. */
export const evenly: Strategy = {
  name: 'evenly',
  pick(_request, candidates) {
    const [next] = [...candidates].sort(
      (a, b) =>
        (a.lastTurnAt?.getTime() ?? 0) - (b.lastTurnAt?.getTime() ?? 0) || a.position - b.position,
    );
    if (!next) return { act: 'wait', why: 'Nobody is free.' };
    return {
      act: 'assign',
      operatorId: next.operatorId,
      why: next.lastTurnAt
        ? 'Evenly: longest since their last turn.'
        : 'Evenly: has not had a turn on this line yet.',
    };
  },
};

import type { Strategy } from '../../../contract/routing.ts';

/** Fewest open talks; ties to who has waited longest since their last turn, then by the line's order. */
export const leastBusy: Strategy = {
  name: 'least_busy',
  pick(_request, candidates) {
    const [next] = [...candidates].sort(
      (a, b) =>
        a.load - b.load ||
        (a.lastTurnAt?.getTime() ?? 0) - (b.lastTurnAt?.getTime() ?? 0) ||
        a.position - b.position,
    );
    if (!next) return { act: 'wait', why: 'Nobody is free.' };
    return {
      act: 'assign',
      operatorId: next.operatorId,
      why: `Least busy: ${next.load === 0 ? 'no open talks' : next.load === 1 ? '1 open talk' : `${next.load} open talks`}.`,
    };
  },
};

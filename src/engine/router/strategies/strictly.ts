import type { Strategy } from '../../../contract/routing.ts';

/** The first of the line's list who is free. */
export const strictly: Strategy = {
  name: 'strictly',
  pick(_request, candidates) {
    const [next] = [...candidates].sort((a, b) => a.position - b.position);
    if (!next) return { act: 'wait', why: 'Nobody is free.' };
    return {
      act: 'assign',
      operatorId: next.operatorId,
      why: `Strictly in order: number ${next.position + 1} of the line is free.`,
    };
  },
};

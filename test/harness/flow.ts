import type { Flow, FlowEffect, FlowEvent, FlowFacts } from '../../src/contract/flow.ts';

/** Facts of a first contact in working hours, first in the queue, of whom nothing is known. */
const FACTS: FlowFacts = {
  firstContact: true,
  reopened: false,
  lineOpen: true,
  operatorsFree: 1,
  language: null,
  contact: { hasName: false, hasPhone: false, hasEmail: false },
  position: 1,
  outcome: null,
};

/** Plays a flow as a talk: what the customer does, and after each what the flow does. */
export function playing<C, S>(flow: Flow<C, S>, given: unknown, facts: Partial<FlowFacts> = {}) {
  const config = flow.config.parse(given);
  let state = flow.initial;
  let done = false;
  const turn = (event: FlowEvent, more: Partial<FlowFacts> = {}): FlowEffect[] | 'pass' => {
    if (done) throw new Error('The flow is over.');
    const result = flow.turn(state, event, config, { ...FACTS, ...facts, ...more });
    if (!result.pass) state = flow.state.parse(result.state);
    done = result.done ?? false;
    return result.pass ? 'pass' : result.effects;
  };
  return {
    applies: flow.applies({ ...FACTS, ...facts }, config),
    holds: flow.holds?.(config) ?? false,
    begin: () => turn({ kind: 'begin' }),
    write: (text: string) => turn({ kind: 'text', text }),
    press: (value: string) => turn({ kind: 'button', value }),
    wait: (more?: Partial<FlowFacts>) => turn({ kind: 'timeout' }, more),
    unanswered: () => turn({ kind: 'unanswered' }),
    get done() {
      return done;
    },
    get state() {
      return state;
    },
  };
}

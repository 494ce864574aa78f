import type { Flow, FlowEffect, FlowEvent, FlowFacts } from '../../src/contract/flow.ts';
import { FIRST_CONTACT } from '../../src/desk/flows/simulate-flow.ts';

/** Plays a flow as a talk: what the customer does, and after each what the flow does. */
export function playing<C, S>(flow: Flow<C, S>, given: unknown, facts: Partial<FlowFacts> = {}) {
  const config = flow.config.parse(given);
  let state = flow.initial;
  let done = false;
  const turn = (event: FlowEvent, more: Partial<FlowFacts> = {}): FlowEffect[] | 'pass' => {
    if (done) throw new Error('The flow is over.');
    const result = flow.turn(state, event, config, { ...FIRST_CONTACT, ...facts, ...more });
    if (!result.pass) state = flow.state.parse(result.state);
    done = result.done ?? false;
    return result.pass ? 'pass' : result.effects;
  };
  return {
    applies: flow.applies({ ...FIRST_CONTACT, ...facts }, config),
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

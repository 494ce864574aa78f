import type { z } from 'zod';
import { defined } from '../../base/defined.ts';
import type { FlowEvent, FlowFacts } from '../../contract/flow.ts';
import type { SimulatedEvent, SimulatedTurn, SimulationView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import type { simulation } from './flow-fields.ts';

/** A first contact in working hours, first in the queue, of whom nothing is known. */
export const FIRST_CONTACT: FlowFacts = {
  firstContact: true,
  reopened: false,
  lineOpen: true,
  operatorsFree: 1,
  language: null,
  contact: { hasName: false, hasPhone: false, hasEmail: false },
  position: 1,
  outcome: null,
};
const LEARNED = { name: 'hasName', phone: 'hasPhone', email: 'hasEmail' } as const;

/** Plays a script from its beginning as a talk would. Nothing is read, kept or sent: the same in, the same out. */
export function simulateFlow(
  desk: Pick<Desk, 'composer'>,
  who: Principal,
  { script, facts, events }: z.output<typeof simulation>,
): SimulationView {
  permit(who, 'flow.read', 'try flows out');
  const flow = desk.composer.compose({ name: 'simulated', version: 1, title: '', script });
  let now: FlowFacts = { ...FIRST_CONTACT, ...defined(facts) };
  now = { ...now, reopened: !now.firstContact };
  const view: SimulationView = {
    problems: desk.composer.problems(script),
    applies: flow.applies(now, {}),
    holds: flow.holds?.({}) ?? false,
    turns: [],
  };
  let state = flow.initial;
  const take = (event: FlowEvent): SimulatedTurn => {
    const turn = flow.turn(state, event, {}, now);
    if (!turn.pass) state = turn.state;
    for (const effect of turn.effects)
      if (effect.do === 'set-contact')
        now = { ...now, contact: { ...now.contact, [LEARNED[effect.field]]: true } };
    return {
      event: event.kind === 'begin' ? null : event,
      effects: turn.effects,
      at: turn.done ? null : state.at,
      done: turn.done ?? false,
      passed: turn.pass ?? false,
      ran: turn.state.ran,
    };
  };
  if (!view.applies) return view;
  view.turns.push(take({ kind: 'begin' }));
  for (const event of events) {
    if (view.turns.at(-1)?.done) break;
    view.turns.push(event.kind === 'answered' ? answered(event) : take(event));
  }
  return view;
}

/** An answer of a person ends any flow at once. */
const answered = (event: SimulatedEvent): SimulatedTurn => ({
  ...{ event, effects: [], at: null, done: true, passed: false, ran: null },
});

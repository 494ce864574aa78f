import { z } from 'zod';
import type {
  ComposedState,
  Composer,
  FlowStep,
  FlowStepKind,
  FlowStepOf,
  FlowTarget,
} from '../../src/contract/composed.ts';
import type { FlowEffect, FlowEvent, FlowFacts, FlowTurn } from '../../src/contract/flow.ts';
import { KNOWN } from '../shared/read-field.ts';
import type { Field } from '../shared/read-field.ts';
import { placesOf } from './graph.ts';
import type { Place } from './graph.ts';
import { isQuestion, read, show } from './questions.ts';
import type { Question } from './questions.ts';

/** More steps than this without a pause are a circle. */
const MOST_AT_ONCE = 100;
/** So often it goes on towards a customer who says nothing, then it gives up. */
const MOST_SILENT = 20;
const LONGEST_MINUTES = 10_080;

const state = z.object({
  at: z.string().nullable(),
  tries: z.number(),
  silent: z.number(),
  score: z.number().nullable(),
  ran: z.enum(['round', 'silent']).nullable(),
});
const initial: ComposedState = { at: null, tries: 0, silent: 0, score: null, ran: null };

/** What is known at a step. `knows`: also by what this turn has just learned. */
interface Known {
  facts: FlowFacts;
  knows(field: Field): boolean;
}
/** What a step does when it is come to: goes on to another, waits (`to` null), or is the last. */
type Move =
  | { effects: FlowEffect[]; to: FlowTarget | null }
  | { effects: FlowEffect[]; last: true };

const speak = (text: string): FlowEffect[] => (text === '' ? [] : [{ do: 'say', text }]);
const pause = (minutes: number | null): FlowEffect => ({
  do: 'wait',
  ms: Math.min(Math.max(Math.round(minutes ?? 1), 1), LONGEST_MINUTES) * 60_000,
});
const ask = (step: Question): Move => ({
  effects: [...show(step, step.text), pause(step.minutes)],
  to: null,
});

/** Whether something is so now. */
const FACTS: Record<FlowStepOf<'branch'>['fact'], (known: Known, value: string) => boolean> = {
  open: ({ facts }) => facts.lineOpen,
  first: ({ facts }) => facts.firstContact,
  free: ({ facts }) => facts.operatorsFree > 0,
  name: ({ knows }) => knows('name'),
  phone: ({ knows }) => knows('phone'),
  email: ({ knows }) => knows('email'),
  language: ({ facts }, value) =>
    `${facts.language ?? ''}-`.toLowerCase().startsWith(`${value.toLowerCase()}-`),
  outcome: ({ facts }, value) => facts.outcome?.toLowerCase() === value.toLowerCase(),
};

const MOVES: { [K in FlowStepKind]: (step: FlowStepOf<K>, known: Known) => Move } = {
  say: ({ text, next }) => ({ effects: speak(text), to: next }),
  ask,
  contact: (step, { knows }) =>
    step.known === 'skip' && knows(step.field) ? { effects: [], to: step.next } : ask(step),
  consent: ask,
  rate: ask,
  wait: ({ minutes }) => ({ effects: [pause(minutes)], to: null }),
  branch: ({ fact, value, yes, no }, known) => ({
    effects: [],
    to: FACTS[fact](known, value) ? yes : no,
  }),
  tag: ({ tag, next }) => ({ effects: tag === '' ? [] : [{ do: 'tag', tag }], to: next }),
  people: ({ text }) => ({ effects: [...speak(text), { do: 'queue' }], last: true }),
  line: ({ text, lineId }) => ({
    effects: [...speak(text), lineId === '' ? { do: 'queue' } : { do: 'line', lineId }],
    last: true,
  }),
  close: ({ text, outcome }) => ({
    effects: [...speak(text), { do: 'close', outcome }],
    last: true,
  }),
};

const moveOf = (step: FlowStep, known: Known): Move =>
  (MOVES[step.kind] as (step: FlowStep, known: Known) => Move)(step, known);

/** A flow out of a script. */
export const compose: Composer['compose'] = ({ name, version, title, script }) => {
  const { steps, begins } = script;
  const place = placesOf(script);
  const calls = new Set(script.callWords.map((word) => word.trim().toLowerCase()));
  const callsPeople = (event: FlowEvent): boolean =>
    begins === 'opened' && event.kind === 'text' && calls.has(event.text.trim().toLowerCase());

  const over = (
    effects: FlowEffect[],
    ran: ComposedState['ran'] = null,
  ): FlowTurn<ComposedState> => ({
    state: { ...initial, ran },
    effects,
    done: true,
  });
  /** Before the queue people are called; elsewhere they are there, or no longer wanted. */
  const giveUp = (effects: FlowEffect[], ran: ComposedState['ran'] = null) =>
    over(begins === 'opened' ? [...effects, { do: 'queue' }] : effects, ran);

  /** Goes from step to step until one waits or the flow is over. */
  const goOn = (
    first: Place,
    before: readonly FlowEffect[],
    facts: FlowFacts,
    silent: number,
  ): FlowTurn<ComposedState> => {
    const effects = [...before];
    const known: Known = {
      facts,
      knows: (field) =>
        facts.contact[KNOWN[field]] ||
        effects.some((effect) => effect.do === 'set-contact' && effect.field === field),
    };
    let at = first;
    for (let count = 0; count < MOST_AT_ONCE; count++) {
      if (at === 'end') return over(effects);
      const step = at === 'lost' ? undefined : steps[at];
      if (at === 'lost' || !step) return giveUp(effects);
      const move = moveOf(step, known);
      effects.push(...move.effects);
      if ('last' in move) return over(effects);
      if (move.to === null) return { state: { ...initial, at: step.id, silent }, effects };
      at = place(move.to, at);
    }
    return giveUp(effects, 'round');
  };

  const silence = (now: ComposedState, at: number, step: FlowStep, facts: FlowFacts) => {
    if (now.silent + 1 >= MOST_SILENT) return giveUp([], 'silent');
    const to =
      isQuestion(step) && now.score === null ? step.otherwise : 'next' in step ? step.next : 'end';
    return goOn(place(to, at), [], facts, now.silent + 1);
  };

  const answered = (
    now: ComposedState,
    at: number,
    step: Question,
    event: Extract<FlowEvent, { kind: 'text' | 'button' }>,
    facts: FlowFacts,
  ): FlowTurn<ComposedState> => {
    const answer = read(step, event, now);
    if (answer && 'to' in answer) return goOn(place(answer.to, at), answer.effects, facts, 0);
    if (answer) return { state: { ...now, ...answer.stays, silent: 0 }, effects: answer.effects };
    // After the end of a talk, what is no answer begins a new one.
    if (begins === 'closed') return { state: now, effects: [], pass: true, done: true };
    if (now.tries + 1 >= (step.tries ?? 1)) return goOn(place(step.otherwise, at), [], facts, 0);
    return {
      state: { ...now, tries: now.tries + 1, silent: 0 },
      effects: [...show(step, step.again || step.text), pause(step.minutes)],
    };
  };

  return {
    name,
    version,
    title,
    summary: 'Composed by an administrator.',
    begins,
    holds: () => begins === 'opened' && script.holds,
    config: z.strictObject({}),
    state,
    initial,
    applies: ({ outcome }) => steps.length > 0 && !(begins === 'closed' && outcome === 'spam'),
    turn(now, event, _config, facts) {
      if (event.kind === 'begin') return goOn(steps.length > 0 ? 0 : 'end', [], facts, 0);
      const at = steps.findIndex(({ id }) => id === now.at);
      const step = steps[at];
      if (!step) return giveUp([]);
      if (event.kind === 'timeout') return silence(now, at, step, facts);
      if (event.kind === 'unanswered')
        return step.kind === 'wait' && step.unanswered && begins === 'queued'
          ? goOn(place(step.next, at), [], facts, now.silent)
          : { state: now, effects: [], pass: true };
      if (callsPeople(event)) return giveUp([]);
      if (isQuestion(step)) return answered(now, at, step, event, facts);
      const heard = step.kind === 'wait' && begins !== 'closed' ? step.heard : 'stay';
      if (heard === 'stay') return { state: now, effects: [], pass: true };
      return goOn(place(heard, at), [], facts, 0);
    },
  };
};

import { z } from 'zod';
import { LONGEST_TEXT } from './capabilities.ts';
import type { Flow } from './flow.ts';

/**
 * Where a step goes on: the `id` of a step, `next` (the one below), or `end` (this flow is over; what the line does
 * after it follows). The last step's `next` is the end.
 */
export type FlowTarget = string;

// The shape is wide: a draft may be half written. What a finished flow must be, `Composer.problems` says.
const target = z.string('Give next, end or the id of a step.').max(40).default('next');
const text = z.string('Give a text.').trim().max(LONGEST_TEXT).default('');
const short = z.string('Give a text.').trim().max(1000).default('');
const amount = z.number('Give a number.').nullable();

/** What every step has. */
const step = {
  /** Made by the client; other steps refer to it. Not `next`, `end` or `stay`. */
  id: z.string('Give the step an id.').regex(/^[a-z0-9]{1,20}$/, 'Give 1 to 20 of a-z and 0-9.'),
  /** For the people who read the flow. */
  name: short,
};
/** What every question has. */
const question = {
  text,
  /** Said when the answer is none. Empty: the question once more. */
  again: text,
  /** How often an answer is taken for none until it goes on with `otherwise`. */
  tries: amount.default(2),
  /** How long it waits for an answer, minutes. */
  minutes: amount.default(15),
  /** Where it goes on without an answer. */
  otherwise: target,
};

/** One step of a flow that people compose; by `kind`. */
export const flowStep = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ ...step, kind: z.literal('say'), text, next: target }),
    z.strictObject({
      ...step,
      ...question,
      kind: z.literal('ask'),
      /** Buttons; numbers where a channel has none. */
      options: z.array(z.strictObject({ label: short, next: target })).max(50),
    }),
    z.strictObject({
      ...step,
      ...question,
      kind: z.literal('contact'),
      field: z.enum(['name', 'phone', 'email'], 'Give name, phone or email.'),
      /** Label of a button to leave it out, which goes on with `otherwise`; empty: none. */
      skip: short,
      /** Of numbers without one, digits. Empty: such numbers are no answer. */
      countryCode: short,
      /** Also asked of those of whom it is known. */
      known: z.enum(['skip', 'ask'], 'Give skip or ask.').default('skip'),
      next: target,
    }),
    z.strictObject({
      ...step,
      ...question,
      kind: z.literal('consent'),
      /** Label of the button. */
      agree: short,
      /** Label of a button that goes on with `otherwise`; empty: none. */
      refuse: short,
      next: target,
    }),
    z.strictObject({
      ...step,
      ...question,
      kind: z.literal('rate'),
      scale: z.enum(['five', 'thumbs'], 'Give five or thumbs.').default('five'),
      /** Question for a comment; empty: none. */
      comment: text,
      next: target,
    }),
    z.strictObject({
      ...step,
      kind: z.literal('wait'),
      minutes: amount.default(5),
      /** Where it goes when the customer writes meanwhile; `stay`: it waits on. */
      heard: target.default('stay'),
      /** Goes on at once when every operator was asked in vain. */
      unanswered: z.boolean().default(false),
      next: target,
    }),
    z.strictObject({
      ...step,
      kind: z.literal('branch'),
      fact: z.enum(
        ['open', 'first', 'free', 'name', 'phone', 'email', 'language', 'outcome'],
        'Give open, first, free, name, phone, email, language or outcome.',
      ),
      /** Of `language` (`de` is also de-AT) and `outcome`: what it must be. */
      value: short,
      yes: target,
      no: target,
    }),
    z.strictObject({
      ...step,
      kind: z.literal('tag'),
      tag: short,
      next: target,
    }),
    z.strictObject({ ...step, kind: z.literal('people'), text }),
    z.strictObject({
      ...step,
      kind: z.literal('line'),
      text,
      lineId: z.string().max(64).default(''),
    }),
    z.strictObject({ ...step, kind: z.literal('close'), text, outcome: short }),
  ],
  'Give a step of a known kind.',
);

/** What a composed flow does and when. */
export const flowScript = z.strictObject({
  begins: z.enum(['opened', 'queued', 'closed'], 'Give opened, queued or closed.'),
  /** Whether operators are asked only when it is done; for flows that begin at `opened`. */
  holds: z.boolean().default(true),
  /** Whoever writes one of these words, whatever is asked, gets people at once; for flows that begin at `opened`. */
  callWords: z.array(short).max(50).default([]),
  /** The first one begins. */
  steps: z.array(flowStep).max(200, 'Give at most 200 steps.'),
});

export type FlowStep = z.output<typeof flowStep>;
export type FlowStepKind = FlowStep['kind'];
export type FlowStepOf<K extends FlowStepKind> = Extract<FlowStep, { kind: K }>;
export type FlowScript = z.output<typeof flowScript>;

/** Why a script can not go live, in a sentence, and where. */
export interface FlowProblem {
  /** Place of the step in the list, from 0; null: it is about the whole flow. */
  step: number | null;
  /** Field of the step, or of the script. `options.1.label` is the second option's. */
  field: string;
  /** Without the step's name, which stands where it is shown. */
  message: string;
}

/** Where a composed flow stands. */
export interface ComposedState {
  /** The step that waits; null: it has not begun, or is over. */
  at: string | null;
  /** Wrong answers to this question. */
  tries: number;
  /** How often it went on because nothing was said, since the customer last spoke. */
  silent: number;
  /** The score that waits for its comment. */
  score: number | null;
  /** It was ended for going on and on: without waiting, or towards a customer who says nothing. */
  ran: 'round' | 'silent' | null;
}

/** Makes flows out of scripts. */
export interface Composer {
  /** What keeps a script from going live; empty: nothing. */
  problems(script: FlowScript): FlowProblem[];
  /**
   * The flow of a script, under a name and version of its own. Works with any script, also one with problems: what can
   * not go on hands over to people.
   */
  compose(spec: {
    name: string;
    version: number;
    title: string;
    script: FlowScript;
  }): Flow<Record<string, never>, ComposedState>;
}

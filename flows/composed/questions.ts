import type {
  ComposedState,
  FlowStep,
  FlowStepKind,
  FlowStepOf,
  FlowTarget,
} from '../../src/contract/composed.ts';
import type { FlowEffect, FlowEvent } from '../../src/contract/flow.ts';
import { chosenLabel, saysYes } from '../shared/choice.ts';
import { readField } from '../shared/read-field.ts';
import { COMMENT_MS, MAX_COMMENT, scoreButtons, scoreOf } from '../shared/score.ts';

type Kind = 'ask' | 'contact' | 'consent' | 'rate';
export type Question = FlowStepOf<Kind>;
type Said = Extract<FlowEvent, { kind: 'text' | 'button' }>;
type Button = { label: string; value: string };

/** What an answer leads to. `stays`: there is one more question of this step. Null: it was no answer. */
export type Answer =
  | { effects: FlowEffect[]; to: FlowTarget }
  | { effects: FlowEffect[]; stays: Partial<ComposedState> }
  | null;

interface Reading<S> {
  /** Values are the step's own; the customer never sees them. */
  buttons(step: S): Button[];
  /** `value`: of a pressed button of this step; null: words. */
  read(step: S, said: { text: string; value: string | null }): Answer;
}

const READINGS: { [K in Kind]: Reading<FlowStepOf<K>> } = {
  ask: {
    buttons: ({ options }) => options.map(({ label }, index) => ({ label, value: String(index) })),
    read({ options }, { text, value }) {
      const labels = options.map(({ label }) => label);
      const place = value === null ? chosenLabel(text, labels) : Number(value);
      const picked = options[place];
      return picked ? { effects: [], to: picked.next } : null;
    },
  },
  contact: {
    buttons: ({ skip }) => (skip === '' ? [] : [{ label: skip, value: 'skip' }]),
    read({ field, skip, countryCode, next, otherwise }, { text, value }) {
      const skipped = skip !== '' && text.trim().toLowerCase() === skip.toLowerCase();
      if (value === 'skip' || (value === null && skipped)) return { effects: [], to: otherwise };
      const known = value === null ? readField(field, text, countryCode || undefined) : null;
      if (known === null) return null;
      return { effects: [{ do: 'set-contact', field, value: known }], to: next };
    },
  },
  consent: {
    buttons: ({ agree, refuse }) => [
      { label: agree, value: 'agree' },
      ...(refuse === '' ? [] : [{ label: refuse, value: 'refuse' }]),
    ],
    read(step, { text, value }) {
      const { agree, refuse, next, otherwise } = step;
      const refused = refuse !== '' && chosenLabel(text, [agree, refuse]) === 1;
      if (value === 'refuse' || (value === null && refused)) return { effects: [], to: otherwise };
      if (value !== 'agree' && !(value === null && saysYes(text, agree))) return null;
      return { effects: [{ do: 'consent', text: step.text }], to: next };
    },
  },
  rate: {
    buttons: ({ scale }) => scoreButtons(scale),
    read({ scale, comment, next }, { text, value }) {
      const score = value === null ? scoreOf(text, scale) : Number(value);
      if (score === null || !(score >= 1 && score <= 5)) return null;
      const rated: FlowEffect = { do: 'rate', score };
      if (comment === '') return { effects: [rated], to: next };
      return {
        effects: [rated, { do: 'say', text: comment }, { do: 'wait', ms: COMMENT_MS }],
        stays: { score },
      };
    },
  },
};

const readingOf = (step: Question): Reading<Question> => READINGS[step.kind] as Reading<Question>;

/** Whether the customer is asked something. */
export function isQuestion(step: FlowStep): step is Question {
  return Object.hasOwn(READINGS, step.kind satisfies FlowStepKind);
}

/** The question with its buttons; their values name the step, so that an older question's button is no answer. */
export function show(step: Question, text: string): FlowEffect[] {
  const buttons = readingOf(step)
    .buttons(step)
    .filter(({ label }) => label !== '')
    .map(({ label, value }) => ({ label, value: `${step.id}:${value}` }));
  const asked: FlowEffect = {
    do: 'say',
    text,
    ...(buttons.length > 0 && { buttons }),
  };
  return text === '' && buttons.length === 0 ? [] : [asked];
}

/** What the customer's words or button are to this question. */
export function read(step: Question, said: Said, { score }: ComposedState): Answer {
  if (score !== null && said.kind === 'text' && step.kind === 'rate') {
    const comment = said.text.trim().slice(0, MAX_COMMENT);
    return { effects: [{ do: 'rate', score, comment }], to: step.next };
  }
  if (said.kind === 'text') return readingOf(step).read(step, { text: said.text, value: null });
  const [id, value] = said.value.split(':', 2);
  return id === step.id && value ? readingOf(step).read(step, { text: '', value }) : null;
}

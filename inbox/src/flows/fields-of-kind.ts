import type { FlowStep, FlowStepKind } from '../../../src/contract/composed.ts';
import { text } from '../text/index.ts';

const words = text.flows.field;

/** One setting of a step, as it is shown. */
export interface StepField {
  field: string;
  as: 'words' | 'text' | 'number' | 'flag' | 'target' | 'choice' | 'line' | 'answers';
  label: string;
  help?: string;
  required?: boolean;
  /** Of `choice`. */
  options?: readonly { value: string; label: string }[];
  /** Of `target`: it may also stay where it is. */
  stay?: boolean;
  /** What most people leave alone: folded away. */
  rare?: boolean;
  /** Shown only then. */
  when?: (step: FlowStep) => boolean;
}

const optionsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

const NEXT: StepField = { field: 'next', as: 'target', label: words.next, help: words.nextHelp };
const QUESTION: StepField = { field: 'text', as: 'words', label: words.question, required: true };
const LAST_WORDS: StepField = {
  ...{ field: 'text', as: 'words', label: words.lastWords, help: words.lastWordsHelp },
};
/** What all questions have, after what is their own. */
const REST: readonly StepField[] = [
  { field: 'otherwise', as: 'target', label: words.otherwise, help: words.otherwiseHelp },
  { field: 'again', as: 'words', label: words.again, help: words.againHelp, rare: true },
  { field: 'tries', as: 'number', label: words.tries, help: words.triesHelp, rare: true },
  { field: 'minutes', as: 'number', label: words.minutes, help: words.minutesHelp, rare: true },
];
const branchOn = (fact: string) => (step: FlowStep) => step.kind === 'branch' && step.fact === fact;

/** The settings of each kind of step, in their order. */
export const FIELDS: Readonly<Record<FlowStepKind, readonly StepField[]>> = {
  say: [{ field: 'text', as: 'words', label: words.text, required: true }, NEXT],
  ask: [QUESTION, { field: 'options', as: 'answers', label: words.answers }, ...REST],
  contact: [
    { field: 'field', as: 'choice', label: words.contact, options: optionsOf(words.contacts) },
    QUESTION,
    NEXT,
    ...REST,
    { field: 'skip', as: 'text', label: words.skip, help: words.skipHelp, rare: true },
    {
      ...{ field: 'known', as: 'choice', label: words.known, options: optionsOf(words.knowns) },
      rare: true,
    },
    {
      ...{ field: 'countryCode', as: 'text', label: words.countryCode },
      help: words.countryCodeHelp,
      rare: true,
      when: (step) => step.kind === 'contact' && step.field === 'phone',
    },
  ],
  consent: [
    { field: 'text', as: 'words', label: words.consentText, required: true },
    { field: 'agree', as: 'text', label: words.agree, required: true },
    { field: 'refuse', as: 'text', label: words.refuse, help: words.refuseHelp },
    NEXT,
    ...REST,
  ],
  rate: [
    QUESTION,
    { field: 'scale', as: 'choice', label: words.scale, options: optionsOf(words.scales) },
    { field: 'comment', as: 'words', label: words.comment, help: words.commentHelp },
    NEXT,
    ...REST,
  ],
  wait: [
    { field: 'minutes', as: 'number', label: words.waitMinutes, help: words.minutesHelp },
    { field: 'unanswered', as: 'flag', label: words.unanswered, help: words.unansweredHelp },
    NEXT,
    { field: 'heard', as: 'target', label: words.heard, stay: true },
  ],
  branch: [
    { field: 'fact', as: 'choice', label: words.fact, options: optionsOf(words.facts) },
    {
      ...{ field: 'value', as: 'text', label: words.language, help: words.languageHelp },
      when: branchOn('language'),
    },
    {
      ...{ field: 'value', as: 'text', label: words.outcomeIs, help: words.outcomeIsHelp },
      when: branchOn('outcome'),
    },
    { field: 'yes', as: 'target', label: words.yes },
    { field: 'no', as: 'target', label: words.no },
  ],
  tag: [{ field: 'tag', as: 'text', label: words.tag, required: true }, NEXT],
  people: [LAST_WORDS],
  line: [{ field: 'lineId', as: 'line', label: words.line }, LAST_WORDS],
  close: [
    {
      ...{ field: 'outcome', as: 'text', label: words.outcome, help: words.outcomeHelp },
      required: true,
    },
    LAST_WORDS,
  ],
};

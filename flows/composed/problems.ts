import type {
  FlowProblem,
  FlowScript,
  FlowStep,
  FlowStepKind,
  FlowStepOf,
} from '../../src/contract/composed.ts';
import { circles, placesOf, RESERVED, traps, waysOf } from './graph.ts';

const MOST_STEPS = 60;
const MOST_OPTIONS = 10;
const MOST_TEXT = 4000;
const MOST_LABEL = 60;
const MOST_TRIES = 5;
const MOST_CALL_WORDS = 20;
/** A week. */
const MOST_MINUTES = 10_080;

/** Says that something is wrong with a field of the step in hand. */
type Say = (field: string, message: string) => void;

const KIND: Record<FlowScript['begins'], Partial<Record<FlowStepKind, string>>> = {
  opened: {},
  queued: { people: 'The talk waits for people already: use an end.' },
  closed: {
    people: 'The talk is over: there is nobody to hand over to.',
    line: 'The talk is over: it can not go to another line.',
    close: 'The talk is closed already.',
  },
};

/** What keeps a script from going live, step by step. */
export function problemsOf(script: FlowScript): FlowProblem[] {
  const { steps, begins } = script;
  if (steps.length === 0)
    return [{ step: null, field: 'steps', message: 'Add at least one step.' }];
  const found: FlowProblem[] = [];
  if (steps.length > MOST_STEPS)
    found.push({ step: null, field: 'steps', message: `Give at most ${MOST_STEPS} steps.` });
  found.push(...wrongCallWords(script));
  const place = placesOf(script);
  const round = new Set(circles(script));
  const [trap] = traps(script);
  for (const [index, step] of steps.entries()) {
    const say: Say = (field, message) => found.push({ step: index, field, message });
    if (RESERVED.includes(step.id)) say('id', `"${step.id}" can not be the id of a step.`);
    if (steps.findIndex(({ id }) => id === step.id) !== index)
      say('id', `Another step has the id "${step.id}".`);
    if (step.name.length > MOST_LABEL) say('name', `Give at most ${MOST_LABEL} characters.`);
    const misplaced = KIND[begins][step.kind];
    if (misplaced) say('kind', misplaced);
    checkFields(step, say);
    checkCalls(script, step, say);
    for (const { field, target } of waysOf(step))
      if (place(target, index) === 'lost') say(field, 'Leads to a step that is not there.');
    if (round.has(index)) say('kind', 'Comes back to itself without waiting for the customer.');
    if (index === trap) say('kind', 'There is no way out from here: every way leads back.');
  }
  return found;
}

function checkFields(step: FlowStep, say: Say): void {
  if ('text' in step) {
    const needed = !['people', 'line', 'close'].includes(step.kind);
    if (needed && step.text === '') say('text', 'Give the text.');
    tooLong(step.text, 'text', say);
  }
  if ('again' in step) {
    tooLong(step.again, 'again', say);
    whole(step.tries, MOST_TRIES, 'tries', say);
  }
  if ('minutes' in step) whole(step.minutes, MOST_MINUTES, 'minutes', say);
  const own = OF_KIND[step.kind] as ((step: FlowStep, say: Say) => void) | undefined;
  own?.(step, say);
}

const OF_KIND: { [K in FlowStepKind]?: (step: FlowStepOf<K>, say: Say) => void } = {
  ask({ options }, say) {
    if (options.length === 0) say('options', 'Give at least one answer.');
    if (options.length > MOST_OPTIONS) say('options', `Give at most ${MOST_OPTIONS} answers.`);
    const labels = options.map(({ label }) => label.toLowerCase());
    for (const [index, label] of labels.entries()) {
      const field = `options.${index}.label`;
      checkLabel(label, field, say);
      if (label !== '' && labels.indexOf(label) !== index)
        say(field, 'Two answers have the same label.');
      if (/^\d{1,2}$/.test(label) && Number(label) !== index + 1)
        say(field, 'Customers may answer with the place in the list: this number is another one.');
    }
  },
  contact({ skip, countryCode, field }, say) {
    if (skip.length > MOST_LABEL) say('skip', `Give at most ${MOST_LABEL} characters.`);
    if (field === 'phone' && countryCode !== '' && !/^[1-9]\d{0,2}$/.test(countryCode))
      say('countryCode', 'Give digits, like 49.');
  },
  consent({ agree, refuse }, say) {
    checkLabel(agree, 'agree', say);
    if (refuse.length > MOST_LABEL) say('refuse', `Give at most ${MOST_LABEL} characters.`);
    if (refuse !== '' && refuse.toLowerCase() === agree.toLowerCase())
      say('refuse', 'Both buttons have the same label.');
  },
  rate({ comment }, say) {
    tooLong(comment, 'comment', say);
  },
  branch({ fact, value }, say) {
    if (fact === 'language' && !/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(value))
      say('value', 'Give a language like de or pt-BR.');
    if (fact === 'outcome' && value === '') say('value', 'Give the outcome, like won.');
  },
  tag({ tag }, say) {
    if (tag.length === 0 || tag.length > 40) say('tag', 'Give 1 to 40 characters.');
  },
  line({ lineId }, say) {
    if (lineId === '') say('lineId', 'Choose the line to go to.');
  },
  close({ outcome }, say) {
    if (outcome.length === 0 || outcome.length > 100)
      say('outcome', 'Say how the talk ended, like done.');
  },
};

function wrongCallWords({ callWords }: FlowScript): FlowProblem[] {
  const wrong = (message: string): FlowProblem => ({ step: null, field: 'callWords', message });
  return [
    ...(callWords.length > MOST_CALL_WORDS
      ? [wrong(`Give at most ${MOST_CALL_WORDS} words that call a person.`)]
      : []),
    ...(callWords.some((word) => word === '' || word.length > MOST_LABEL)
      ? [wrong(`Each word that calls a person has 1 to ${MOST_LABEL} characters.`)]
      : []),
  ];
}

/** A label that calls people would never be an answer for those who type it. */
function checkCalls({ begins, callWords }: FlowScript, step: FlowStep, say: Say): void {
  if (step.kind !== 'ask' || begins !== 'opened') return;
  const words = callWords.map((word) => word.toLowerCase());
  for (const [index, { label }] of step.options.entries())
    if (label !== '' && words.includes(label.toLowerCase()))
      say(
        `options.${index}.label`,
        'Whoever types this is handed over: it is a word that calls a person.',
      );
}

function checkLabel(label: string, field: string, say: Say): void {
  if (label === '') say(field, 'Give the label.');
  else if (label.length > MOST_LABEL) say(field, `Give at most ${MOST_LABEL} characters.`);
}

function tooLong(text: string, field: string, say: Say): void {
  if (text.length > MOST_TEXT)
    say(field, `Give at most ${MOST_TEXT} characters; these are ${text.length}.`);
}

function whole(value: number | null, most: number, field: string, say: Say): void {
  if (value === null || !Number.isInteger(value) || value < 1 || value > most)
    say(field, `Give a whole number from 1 to ${most}.`);
}

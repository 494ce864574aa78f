import { z } from 'zod';
import type { FlowEffect, FlowFacts, FlowTurn } from '../../src/contract/flow.ts';
import { defineFlow } from '../../src/contract/flow.ts';
import { KNOWN, readField } from '../shared/read-field.ts';
import type { Field } from '../shared/read-field.ts';

const text = (title: string, standard: string) =>
  z.string().trim().min(1).max(1000).default(standard).meta({ title });
const config = z.strictObject({
  ask: z
    .array(z.enum(['name', 'phone', 'email']))
    .min(1, 'Ask for at least one of name, phone, email.')
    .max(3)
    .default(['name', 'email'])
    .meta({ title: 'Ask for' }),
  intro: z.string().trim().max(4000).optional().meta({ title: 'First' }),
  name: text('Question for the name', 'What is your name?'),
  phone: text('Question for the phone number', 'At which phone number can we reach you?'),
  email: text('Question for the e-mail address', 'What is your e-mail address?'),
  wrongName: text('When it is no name', 'Please write your name.'),
  wrongPhone: text(
    'When it is no phone number',
    'Please write the number with its country code, like +49 30 123456.',
  ),
  wrongEmail: text('When it is no address', 'Please write an address like ann@example.org.'),
  countryCode: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'Give digits, like 49.')
    .optional()
    .meta({ title: 'Country code of numbers without one' }),
  skip: z.string().trim().max(60).optional().meta({
    title: 'Button to leave a question out',
    description: 'Left out: there is no such button.',
  }),
  tries: z.int().min(1).max(5).default(3).meta({ title: 'Tries per question' }),
  thanks: z.string().trim().max(4000).optional().meta({ title: 'At the end' }),
  patienceMinutes: z.int().min(1).max(1440).default(15).meta({
    title: 'Minutes without an answer until operators are asked',
  }),
});
type Config = z.output<typeof config>;
interface State {
  /** What is being asked for, and what is still to come. */
  left: Field[];
  tries: number;
}

const WRONG = { name: 'wrongName', phone: 'wrongPhone', email: 'wrongEmail' } as const;

const missing = ({ ask }: Config, { contact }: FlowFacts): Field[] =>
  ask.filter((field) => !contact[KNOWN[field]]);

const say = (words: string, { skip, patienceMinutes }: Config): FlowEffect[] => [
  { do: 'say', text: words, ...(skip && { buttons: [{ label: skip, value: 'skip' }] }) },
  { do: 'wait', ms: patienceMinutes * 60_000 },
];

/** The next question, or the end. */
function goOn(left: Field[], before: FlowEffect[], given: Config): FlowTurn<State> {
  const next = left[0];
  const state = { left, tries: 0 };
  if (next) return { state, effects: [...before, ...say(given[next], given)] };
  const thanks: FlowEffect[] = given.thanks ? [{ do: 'say', text: given.thanks }] : [];
  return { state, effects: [...before, ...thanks], done: true };
}

/** Asks how the customer can be reached, and puts it into the CRM. */
export default defineFlow<Config, State>({
  name: 'lead-capture',
  version: 1,
  title: 'Contact details',
  summary: 'Asks for what is not known yet: name, phone number, e-mail address.',
  begins: 'opened',
  holds: () => true,
  config,
  state: z.object({ left: z.array(z.enum(['name', 'phone', 'email'])), tries: z.number() }),
  initial: { left: [], tries: 0 },
  applies: (facts, given) => missing(given, facts).length > 0,
  turn(state, event, given, facts) {
    if (event.kind === 'begin') {
      const intro: FlowEffect[] = given.intro ? [{ do: 'say', text: given.intro }] : [];
      return goOn(missing(given, facts), intro, given);
    }
    if (event.kind === 'unanswered') return { state, effects: [], pass: true };
    const [field, ...rest] = state.left;
    if (event.kind === 'timeout' || !field) return { state, effects: [], done: true };
    const said = event.kind === 'text' ? event.text : event.value;
    const skipped =
      event.kind === 'button'
        ? event.value === 'skip'
        : given.skip !== undefined && said.trim().toLowerCase() === given.skip.toLowerCase();
    if (skipped) return goOn(rest, [], given);
    const value = readField(field, said, given.countryCode);
    if (value !== null) return goOn(rest, [{ do: 'set-contact', field, value }], given);
    if (state.tries + 1 >= given.tries) return goOn(rest, [], given);
    return {
      state: { left: state.left, tries: state.tries + 1 },
      effects: say(given[WRONG[field]], given),
    };
  },
});

import { z } from 'zod';
import type { FlowEffect } from '../../src/contract/flow.ts';
import { defineFlow } from '../../src/contract/flow.ts';
import { saysYes } from '../shared/choice.ts';

const config = z.strictObject({
  text: z.string().trim().min(1, 'Give the text.').max(4000).meta({ title: 'What to agree to' }),
  agree: z.string().trim().min(1).max(60).default('I agree').meta({ title: 'Button' }),
  required: z.boolean().default(true).meta({
    title: 'Operators are asked only after consent',
  }),
  everyTime: z.boolean().default(false).meta({ title: 'Ask those who come back, too' }),
  reminder: z
    .string()
    .trim()
    .min(1)
    .max(4000)
    .default('Please agree first, so that we may answer you.')
    .meta({ title: 'When something else is written' }),
});
type Config = z.output<typeof config>;

/** How often it asks before people take over without consent. */
const MOST_TRIES = 3;
const PATIENCE_MS = 24 * 3_600_000;

const ask = (text: string, { agree }: Config): FlowEffect[] => [
  { do: 'say', text, buttons: [{ label: agree, value: 'agree' }] },
  { do: 'wait', ms: PATIENCE_MS },
];

/** Asks for consent and keeps which text was agreed to, and when. */
export default defineFlow<Config, { tries: number }>({
  name: 'consent',
  version: 1,
  title: 'Consent',
  summary: 'Asks for consent and records which text was agreed to, and when.',
  begins: 'opened',
  holds: ({ required }) => required,
  config,
  state: z.object({ tries: z.number() }),
  initial: { tries: 0 },
  applies: ({ firstContact }, { everyTime }) => firstContact || everyTime,
  turn({ tries }, event, given) {
    if (event.kind === 'begin') return { state: { tries: 1 }, effects: ask(given.text, given) };
    if (event.kind === 'timeout') return { state: { tries }, effects: [], done: true };
    if (event.kind === 'unanswered') return { state: { tries }, effects: [], pass: true };
    const agreed =
      event.kind === 'button' ? event.value === 'agree' : saysYes(event.text, given.agree);
    if (agreed)
      return { state: { tries }, effects: [{ do: 'consent', text: given.text }], done: true };
    if (!given.required || tries >= MOST_TRIES)
      return { state: { tries }, effects: [], done: true };
    return { state: { tries: tries + 1 }, effects: ask(given.reminder, given) };
  },
});

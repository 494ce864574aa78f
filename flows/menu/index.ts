import { z } from 'zod';
import type { FlowEffect, FlowTurn } from '../../src/contract/flow.ts';
import { defineFlow } from '../../src/contract/flow.ts';
import { chosenLabel } from '../shared/choice.ts';

const option = z.strictObject({
  label: z.string().trim().min(1, 'Give the label.').max(60).meta({ title: 'Label' }),
  act: z
    .enum(['queue', 'line', 'say', 'close'], 'Give queue, line, say or close.')
    .default('queue')
    .meta({
      title: 'Then',
      description:
        'queue: to an operator. line: to another line. say: the text, and the menu again. close: the text, and the end.',
    }),
  lineId: z.string().max(64).optional().meta({ title: 'Line', description: 'For line.' }),
  text: z.string().trim().max(4000).optional().meta({ title: 'Text' }),
});
const choice = option.refine(({ act, lineId }) => act !== 'line' || Boolean(lineId), {
  message: 'Give the line to go to.',
  path: ['lineId'],
});
const config = z.strictObject({
  text: z.string().trim().min(1, 'Give the text.').max(4000).meta({ title: 'Question' }),
  options: z
    .array(choice)
    .min(1, 'Give at least one choice.')
    .max(10, 'Give at most 10 choices.')
    .meta({ title: 'Choices' }),
  again: z
    .string()
    .trim()
    .min(1)
    .max(4000)
    .default('Please choose one of these:')
    .meta({ title: 'When the answer is none of them' }),
  patienceMinutes: z.int().min(1).max(1440).default(10).meta({
    title: 'Minutes without a choice until operators are asked',
  }),
});
type Config = z.output<typeof config>;
interface State {
  tries: number;
}

/** Wrong answers until a person takes over. */
const MOST_TRIES = 2;

const show = (text: string, { options, patienceMinutes }: Config): FlowEffect[] => [
  {
    do: 'say',
    text,
    buttons: options.map(({ label }, index) => ({ label, value: String(index) })),
  },
  { do: 'wait', ms: patienceMinutes * 60_000 },
];

/** What was chosen: by button, by number or by the label itself. */
function chosen(said: string, byButton: boolean, { options }: Config): number {
  if (byButton) return /^\d{1,2}$/.test(said) ? Number(said) : -1;
  return chosenLabel(
    said,
    options.map(({ label }) => label),
  );
}

const toPeople = (state: State, text?: string): FlowTurn<State> => ({
  state,
  effects: [...(text ? [{ do: 'say', text } as const] : []), { do: 'queue' }],
  done: true,
});

/** Lets the customer choose; each choice goes to people, says something, or ends the talk. */
export default defineFlow<Config, State>({
  name: 'menu',
  version: 1,
  title: 'Menu',
  summary: 'Lets the customer choose with buttons, or numbers where a channel has none.',
  begins: 'opened',
  holds: () => true,
  config,
  state: z.object({ tries: z.number() }),
  initial: { tries: 0 },
  applies: () => true,
  turn(state, event, given) {
    if (event.kind === 'begin') return { state, effects: show(given.text, given) };
    if (event.kind === 'timeout') return toPeople(state);
    if (event.kind === 'unanswered') return { state, effects: [], pass: true };
    const byButton = event.kind === 'button';
    const picked = given.options[chosen(byButton ? event.value : event.text, byButton, given)];
    if (!picked) {
      if (state.tries + 1 >= MOST_TRIES) return toPeople(state);
      return { state: { tries: state.tries + 1 }, effects: show(given.again, given) };
    }
    if (picked.act === 'queue') return toPeople(state, picked.text);
    const said: FlowEffect[] = picked.text ? [{ do: 'say', text: picked.text }] : [];
    if (picked.act === 'line' && picked.lineId)
      return { state, effects: [...said, { do: 'line', lineId: picked.lineId }], done: true };
    if (picked.act === 'close')
      return { state, effects: [...said, { do: 'close', outcome: picked.label }], done: true };
    return { state: { tries: 0 }, effects: [...said, ...show(given.text, given)] };
  },
});

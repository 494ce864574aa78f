import { z } from 'zod';
import { defineFlow } from '../../src/contract/flow.ts';

const config = z.strictObject({
  text: z.string().trim().min(1, 'Give the text.').max(4000).meta({ title: 'Greeting' }),
  returning: z.string().trim().max(4000).optional().meta({
    title: 'Greeting of those who come back',
    description: 'Left out: they are not greeted again.',
  }),
});
const state = z.null();

/** Says hello when a talk begins. */
export default defineFlow<z.output<typeof config>, null>({
  name: 'greeting',
  version: 1,
  title: 'Greeting',
  summary: 'Says hello when a customer begins a talk.',
  begins: 'opened',
  config,
  state,
  initial: null,
  applies: ({ firstContact }, { returning }) => firstContact || Boolean(returning),
  turn: (_state, _event, { text, returning }, { firstContact }) => ({
    state: null,
    effects: [{ do: 'say', text: firstContact ? text : (returning ?? text) }],
    done: true,
  }),
});

import { z } from 'zod';
import { defineFlow } from '../../src/contract/flow.ts';

const config = z.strictObject({
  text: z.string().trim().min(1, 'Give the text.').max(4000).meta({ title: 'Farewell' }),
});

/** Says goodbye when a talk is closed. */
export default defineFlow<z.output<typeof config>, null>({
  name: 'closing',
  version: 1,
  title: 'Farewell',
  summary: 'Says goodbye when a talk is closed; not to spam.',
  begins: 'closed',
  config,
  state: z.null(),
  initial: null,
  applies: ({ outcome }) => outcome !== 'spam',
  turn: (_state, _event, { text }) => ({
    state: null,
    effects: [{ do: 'say', text }],
    done: true,
  }),
});

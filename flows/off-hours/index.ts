import { z } from 'zod';
import { defineFlow } from '../../src/contract/flow.ts';

const config = z.strictObject({
  text: z.string().trim().min(1, 'Give the text.').max(4000).meta({ title: 'Text out of hours' }),
});

/** Says when the line is closed; the talk waits for the morning. */
export default defineFlow<z.output<typeof config>, null>({
  name: 'off-hours',
  version: 1,
  title: 'Out of hours',
  summary: 'Tells those who write out of hours; their talks wait for the next opening.',
  begins: 'opened',
  config,
  state: z.null(),
  initial: null,
  applies: ({ lineOpen }) => !lineOpen,
  turn: (_state, _event, { text }) => ({
    state: null,
    effects: [{ do: 'say', text }],
    done: true,
  }),
});

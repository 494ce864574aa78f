import { z } from 'zod';
import { defineFlow } from '../../src/contract/flow.ts';

const config = z.strictObject({
  text: z
    .string()
    .trim()
    .min(1)
    .max(4000)
    .default('All of us are busy. We answer as soon as we can.')
    .meta({ title: 'Text' }),
  afterMinutes: z.int().min(1).max(1440).default(5).meta({
    title: 'After minutes without an answer',
    description: 'Sooner when every operator was asked in vain.',
  }),
});

/** Says something when nobody answers. */
export default defineFlow<z.output<typeof config>, null>({
  name: 'no-answer',
  version: 1,
  title: 'Nobody answers',
  summary: 'Says something when no operator has answered for some minutes.',
  begins: 'queued',
  config,
  state: z.null(),
  initial: null,
  applies: ({ lineOpen }) => lineOpen,
  turn(_state, event, { text, afterMinutes }) {
    if (event.kind === 'begin')
      return { state: null, effects: [{ do: 'wait', ms: afterMinutes * 60_000 }] };
    if (event.kind === 'timeout' || event.kind === 'unanswered')
      return { state: null, effects: [{ do: 'say', text }], done: true };
    return { state: null, effects: [], pass: true };
  },
});

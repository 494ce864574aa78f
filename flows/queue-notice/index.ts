import { z } from 'zod';
import type { FlowEffect } from '../../src/contract/flow.ts';
import { defineFlow } from '../../src/contract/flow.ts';

const config = z.strictObject({
  text: z
    .string()
    .trim()
    .min(1)
    .max(1000)
    .default('You are number {position} in the queue.')
    .meta({ title: 'Text', description: '{position} is the place in the queue.' }),
  from: z.int().min(1).max(100).default(1).meta({ title: 'From this place on' }),
  everyMinutes: z.int().min(1).max(1440).nullable().default(null).meta({
    title: 'Again after minutes',
    description: 'Left out: once.',
  }),
  most: z.int().min(1).max(50).default(5).meta({ title: 'At most so often' }),
});
type Config = z.output<typeof config>;

const say = (position: number, { text }: Config): FlowEffect => ({
  do: 'say',
  text: text.replaceAll('{position}', String(position)),
});

/** Tells those who wait their place in the queue. */
export default defineFlow<Config, { told: number }>({
  name: 'queue-notice',
  version: 1,
  title: 'Place in the queue',
  summary: 'Tells those who wait their place in the queue, once or again and again.',
  begins: 'queued',
  config,
  state: z.object({ told: z.number() }),
  initial: { told: 0 },
  applies: ({ position, lineOpen }, { from }) => position !== null && position >= from && lineOpen,
  turn({ told }, event, given, { position }) {
    if (event.kind !== 'begin' && event.kind !== 'timeout')
      return { state: { told }, effects: [], pass: true };
    if (position === null) return { state: { told }, effects: [], done: true };
    const again = given.everyMinutes !== null && told + 1 < given.most;
    return {
      state: { told: told + 1 },
      effects: [
        say(position, given),
        ...(again ? [{ do: 'wait', ms: (given.everyMinutes ?? 0) * 60_000 } as const] : []),
      ],
      done: !again,
    };
  },
});

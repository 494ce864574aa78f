import { z } from 'zod';
import { flowScript } from '../../contract/composed.ts';

const name = z.string('Give the flow a name.').trim().min(1, 'Give the flow a name.').max(120);
const rev = z.int('Give the rev of the draft that you saw.').min(1);

/** A new flow; without a draft it begins with an empty one. */
export const newFlow = z.strictObject({
  name,
  draft: flowScript.default({ begins: 'opened', holds: true, callWords: [], steps: [] }),
});

/** What can be changed; `rev`: of the draft that was seen. */
export const flowChange = z.strictObject({
  rev,
  name: name.optional(),
  draft: flowScript.optional(),
});

/** Publishes the draft that was seen, or brings an old version back as a new one. */
export const publication = z.strictObject({
  rev,
  note: z.string().trim().max(500).default(''),
  from: z.int('Give the number of a version.').min(1).optional(),
});

const event = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('text'), text: z.string().max(10_000) }),
    z.strictObject({ kind: z.literal('button'), value: z.string().max(200) }),
    z.strictObject({ kind: z.literal('timeout') }),
    z.strictObject({ kind: z.literal('unanswered') }),
    z.strictObject({ kind: z.literal('answered') }),
  ],
  'Give text, button, timeout, unanswered or answered.',
);

/** A talk that is only played. Facts that are left out: a first contact in working hours, of whom nothing is known. */
export const simulation = z.strictObject({
  script: flowScript,
  facts: z
    .strictObject({
      firstContact: z.boolean(),
      lineOpen: z.boolean(),
      operatorsFree: z.int().min(0).max(10_000),
      language: z.string().trim().max(35).nullable(),
      contact: z.strictObject({
        hasName: z.boolean(),
        hasPhone: z.boolean(),
        hasEmail: z.boolean(),
      }),
      outcome: z.string().trim().max(100).nullable(),
    })
    .partial()
    .default({}),
  events: z.array(event).max(200, 'Give at most 200 events.').default([]),
});

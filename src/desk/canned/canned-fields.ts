import { z } from 'zod';
import { VARIABLES } from './fill-in.ts';

const names = Object.keys(VARIABLES);

/** Every field of a canned answer that people set. */
const fields = {
  shortcut: z
    .string('Give a shortcut.')
    .trim()
    .toLowerCase()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}-]{0,39}$/u, 'Give letters, digits and dashes, like refund.'),
  title: z.string().trim().max(120),
  text: z
    .string('Give the text.')
    .trim()
    .min(1, 'Give the text.')
    .max(10_000)
    .superRefine((text, context) => {
      for (const [whole, name = ''] of text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g))
        if (!names.includes(name))
          context.addIssue({
            code: 'custom',
            message: `There is no variable ${whole}. Give one of ${names.map((one) => `{{${one}}}`).join(', ')}.`,
          });
    }),
  lineIds: z.array(z.string().max(64)).max(100),
  acts: z
    .strictObject({
      tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
      assignTo: z.string().max(64).nullable().default(null),
      close: z
        .strictObject({ outcome: z.string().trim().min(1).max(100).nullable().default(null) })
        .nullable()
        .default(null),
    })
    .refine(({ assignTo, close }) => assignTo === null || close === null, {
      message: 'Give the talk away or close it, not both.',
      path: ['close'],
    }),
};

/** A new one: shortcut and text. */
export const newCanned = z.strictObject({
  ...fields,
  title: fields.title.default(''),
  lineIds: fields.lineIds.default([]),
  acts: fields.acts.default({ tags: [], assignTo: null, close: null }),
});

/** What can be changed; what is left out stays. */
export const cannedChange = z.strictObject(fields).partial();

import { z } from 'zod';
import { RIGHTS } from '../../../../contract/rights.ts';
import type { AuthorView, ErrorBody, MoneyView } from '../../../../contract/wire.ts';

/** An id. */
export const id = z.string();
/** An instant, ISO 8601 UTC. */
export const at = z.string().meta({ format: 'date-time' });
/** What a role grants: how far each right reaches. */
export const grants = z.partialRecord(z.enum(RIGHTS), z.enum(['own', 'department', 'all']));

export const money = z.object({
  amount: z.string(),
  currency: z.string(),
}) satisfies z.ZodType<MoneyView>;
export const author = z.object({
  kind: z.enum(['contact', 'user', 'system', 'external']),
  id: id.nullable(),
  name: z.string(),
}) satisfies z.ZodType<AuthorView>;
export const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    hint: z.string().optional(),
    field: z.string().optional(),
    facts: z.record(z.string(), z.unknown()).optional(),
    requestId: id,
  }),
}) satisfies z.ZodType<ErrorBody>;

import { z } from 'zod';

/** Views by name, for the OpenAPI document. */
export const viewSchemas: Record<string, z.ZodType> = {
  ErrorBody: z.object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      hint: z.string().optional(),
      field: z.string().optional(),
      facts: z.record(z.string(), z.unknown()).optional(),
      requestId: z.string(),
    }),
  }),
};

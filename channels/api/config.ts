import { z } from 'zod';
import { webhookKey } from '../shared/standard-webhooks.ts';

/** Settings of one outside system. */
export const apiConfig = z
  .strictObject({
    deliverUrl: z.url({ protocol: /^https?$/ }).meta({
      title: 'Where answers are posted',
      description: 'An address of the outside system. It answers 2xx once it has the message.',
      placeholder: 'https://shop.example/openline',
    }),
    secret: z
      .string()
      .refine(
        (secret) => webhookKey(secret) !== null,
        'A secret is whsec_ followed by base64 of at least 16 bytes.',
      )
      .meta({
        secret: true,
        title: 'Signing secret',
        description: 'Signs both ways, as Standard Webhooks. Left empty, one is made.',
        placeholder: 'whsec_…',
      }),
  })
  .meta({ title: 'API channel' });

export type ApiConfig = z.infer<typeof apiConfig>;

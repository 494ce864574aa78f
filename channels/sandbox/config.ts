import { z } from 'zod';

/** Settings of one sandbox account. */
export const sandboxConfig = z
  .strictObject({
    secret: z.string().min(16).meta({
      secret: true,
      title: 'Shared secret',
      description: 'Sent in the x-sandbox-secret header of every event. Left empty, one is made.',
    }),
    apiRoot: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({
        title: 'Address of the pretend provider',
        description:
          'Where messages are posted. Left empty, the sandbox accepts everything itself.',
        placeholder: 'http://127.0.0.1:4000',
      }),
  })
  .meta({ title: 'Sandbox' });

export type SandboxConfig = z.infer<typeof sandboxConfig>;

import { z } from 'zod';

/** Where Telegram's own Bot API server is. */
export const PUBLIC_API = 'https://api.telegram.org';

/** Settings of one bot. */
export const telegramConfig = z
  .strictObject({
    token: z
      .string()
      .trim()
      .regex(
        /^[\w:-]{3,128}$/,
        'A bot token looks like 123456:ABC-DEF; copy it whole from @BotFather.',
      )
      .meta({
        secret: true,
        title: 'Bot token',
        description: 'From @BotFather: /newbot for a new bot, /token for one that exists.',
        placeholder: '123456:ABC-DEF…',
      }),
    mode: z.enum(['poll', 'webhook']).default('poll').meta({
      title: 'How messages come in',
      description:
        'poll: Openline asks Telegram; works behind any router. webhook: Telegram calls PUBLIC_URL, which must be HTTPS on port 443, 80, 88 or 8443.',
    }),
    apiRoot: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({
        title: 'Address of the Bot API server',
        description: 'Only for a Bot API server of your own.',
        placeholder: PUBLIC_API,
      }),
    secret: z
      .string()
      .regex(/^[A-Za-z0-9_-]{16,256}$/, 'Use 16 to 256 letters, digits, _ and -.')
      .optional()
      .meta({
        secret: true,
        title: 'Webhook secret',
        description: 'Telegram repeats it with every call. Left empty, one is made.',
      }),
  })
  .meta({ title: 'Telegram' });

export type TelegramConfig = z.infer<typeof telegramConfig>;

/** The Bot API server of an account, without a slash at the end. */
export function apiRootOf(config: TelegramConfig): string {
  return (config.apiRoot ?? PUBLIC_API).replace(/\/+$/, '');
}

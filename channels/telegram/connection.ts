import { z } from 'zod';
import type { Account, ChannelContext, Connection } from '../../src/contract/channel.ts';
import { excerpt } from '../shared/outcome.ts';
import { openClient } from './client.ts';
import type { Client } from './client.ts';
import { PUBLIC_API, apiRootOf } from './config.ts';
import type { TelegramConfig } from './config.ts';
import { connectionOf } from './outcome.ts';
import { ALLOWED_UPDATES } from './update.ts';

const me = z.object({ username: z.string().optional() }).catch({});
const webhookInfo = z.object({
  pending_update_count: z.number().catch(0),
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
});

const botName = async (client: Client): Promise<string> =>
  `@${me.parse(await client.call('getMe')).username ?? 'bot'}`;

/** How long a past error of the webhook is worth telling. */
const RECENT_MS = 5 * 60_000;

/**
 * Whether the token is good; with a webhook, also what Telegram says of reaching us. That is told
 * and not a failure: the bot can send, and Telegram tries again by itself.
 */
export async function checkConnection(
  account: Account<TelegramConfig>,
  client: Client,
  now: Date,
): Promise<Connection> {
  let name: string;
  try {
    name = await botName(client);
  } catch (error) {
    return connectionOf(error);
  }
  if (account.config.mode === 'poll') return { status: 'connected', detail: `${name} is ready.` };
  try {
    const info = webhookInfo.parse(await client.call('getWebhookInfo'));
    const age = now.getTime() - (info.last_error_date ?? 0) * 1000;
    if (info.last_error_message && age < RECENT_MS)
      return {
        status: 'connected',
        detail: `${name} sends, but Telegram could not reach ${account.webhookUrl}: ${excerpt(info.last_error_message)}. ${info.pending_update_count} updates wait.`,
      };
    return { status: 'connected', detail: `${name} is ready.` };
  } catch {
    return {
      status: 'connected',
      detail: `${name} is ready; how its webhook fares could not be read.`,
    };
  }
}

/** Gives Telegram our address. A polling account has none: its token is only tested. */
export async function installWebhook(
  account: Account<TelegramConfig>,
  context: ChannelContext,
): Promise<Connection> {
  const { config, webhookUrl } = account;
  const client = await openClient(config, context);
  if (config.mode === 'poll') return checkConnection(account, client, context.now());
  if (apiRootOf(config) === PUBLIC_API && !webhookUrl.startsWith('https://'))
    return {
      status: 'paused',
      detail: 'Telegram calls only HTTPS addresses: set PUBLIC_URL to one, or choose poll.',
    };
  if (!config.secret)
    return { status: 'paused', detail: 'The webhook secret is empty: enter one and save.' };
  try {
    await client.call('setWebhook', {
      url: webhookUrl,
      secret_token: config.secret,
      allowed_updates: ALLOWED_UPDATES,
    });
    return { status: 'connected', detail: `${await botName(client)} is ready.` };
  } catch (error) {
    return connectionOf(error);
  }
}

/** Takes our address back. Throws when Telegram can not be reached, which is not fatal. */
export async function uninstallWebhook(
  account: Account<TelegramConfig>,
  context: ChannelContext,
): Promise<void> {
  if (account.config.mode !== 'webhook') return;
  await (await openClient(account.config, context)).call('deleteWebhook');
}

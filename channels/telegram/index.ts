import { defineChannel } from '../../src/contract/channel.ts';
import { sameSecret } from '../shared/secret.ts';
import { telegramConfig } from './config.ts';
import { parseWebhook } from './parse.ts';
import { REACTIONS } from './reactions.ts';

const MB = 1024 * 1024;
const CAPTION = 1024;

/**
 * A Telegram bot for customers who write to it in private. Limits:
 * https://core.telegram.org/bots/api
 */
export default defineChannel({
  type: 'telegram',
  title: 'Telegram',
  summary: 'Customers write to your bot, in private chats.',
  icon: 'plane',
  config: telegramConfig,
  complete: (config, random) => ({ ...config, secret: config['secret'] || random(24) }),
  capabilities: {
    text: { max: 4096, unit: 'utf16', formatting: true },
    media: {
      image: {
        maxBytes: 10 * MB,
        types: ['image/jpeg', 'image/png', 'image/webp'],
        caption: CAPTION,
      },
      video: { maxBytes: 50 * MB, types: ['video/mp4'], caption: CAPTION },
      audio: {
        maxBytes: 50 * MB,
        types: ['audio/mpeg', 'audio/mp4', 'audio/x-m4a'],
        caption: CAPTION,
      },
      voice: {
        maxBytes: 50 * MB,
        types: ['audio/ogg', 'audio/mpeg', 'audio/mp4'],
        caption: CAPTION,
      },
      file: { maxBytes: 50 * MB, caption: CAPTION },
    },
    album: { max: 10 },
    card: { maxButtons: 50, maxLabel: 64, maxTokenBytes: 64 },
    replyWindow: null,
    canInitiate: false,
    idempotentSend: false,
    receipts: [],
    quotes: true,
    reactions: REACTIONS,
    location: true,
    // https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    pace: { perChatMs: 1000, perAccountPerSecond: 25 },
    actions: ['typing', 'edit', 'remove', 'react', 'profile', 'download', 'acknowledge'],
  },
  webhook: {
    verify: (request, config) =>
      sameSecret(request.headers['x-telegram-bot-api-secret-token'], config.secret),
    parse: parseWebhook,
    install: async (account, context) =>
      (await import('./connection.ts')).installWebhook(account, context),
    uninstall: async (account, context) =>
      (await import('./connection.ts')).uninstallWebhook(account, context),
  },
  stream: {
    applies: (config) => config.mode === 'poll',
    run: async (account, sink, context) => (await import('./poll.ts')).poll(account, sink, context),
  },
  open: async (account, context) => (await import('./api.ts')).openTelegram(account, context),
});

import { defineChannel } from '../../src/contract/channel.ts';
import { newWebhookSecret, verifyWebhook } from '../shared/standard-webhooks.ts';
import { openApi } from './api.ts';
import { apiConfig } from './config.ts';
import { parseApi } from './parse.ts';

const media = { maxBytes: 100 * 1024 * 1024, caption: 20_000 };

/**
 * The open channel: any system that can post and receive signed JSON becomes a customer channel.
 */
export default defineChannel({
  type: 'api',
  title: 'API',
  summary: 'Any system of yours: it posts customers’ messages and receives answers, signed.',
  icon: 'braces',
  config: apiConfig,
  complete: (config, random) => ({
    ...config,
    secret: config['secret'] || newWebhookSecret(random(24)),
  }),
  capabilities: {
    text: { max: 20_000, unit: 'utf16', formatting: true },
    media: { image: media, video: media, audio: media, voice: media, file: media },
    album: { max: 10 },
    card: { maxButtons: 20, maxLabel: 100, maxTokenBytes: 256 },
    replyWindow: null,
    canInitiate: true,
    idempotentSend: true,
    receipts: ['delivered', 'read', 'failed'],
    quotes: true,
    reactions: null,
    location: true,
    actions: ['download'],
  },
  webhook: {
    verify: (request, config) =>
      verifyWebhook(config.secret, request.headers, request.body, request.now),
    parse: parseApi,
    ack: (stored) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(stored),
    }),
  },
  open: (account, context) => Promise.resolve(openApi(account, context)),
});

import { defineChannel } from '../../src/contract/channel.ts';
import { sameSecret } from '../shared/secret.ts';
import { openSandbox } from './api.ts';
import { sandboxConfig } from './config.ts';
import { parseSandbox } from './parse.ts';

const media = { maxBytes: 50 * 1024 * 1024, caption: 1024 };

/** A pretend provider: for development, the demo, tests, and to copy. */
export default defineChannel({
  type: 'sandbox',
  title: 'Sandbox',
  summary: 'A pretend provider for trying things out: no account anywhere.',
  icon: 'box',
  config: sandboxConfig,
  complete: (config, random) => ({ ...config, secret: config['secret'] || random(24) }),
  capabilities: {
    text: { max: 4096, unit: 'utf16', formatting: true },
    media: { image: media, video: media, audio: media, voice: media, file: media },
    album: { max: 10 },
    card: { maxButtons: 10, maxLabel: 64, maxTokenBytes: 64 },
    replyWindow: null,
    canInitiate: true,
    idempotentSend: false,
    receipts: ['delivered', 'read', 'failed'],
    quotes: true,
    reactions: 'any',
    location: true,
    actions: [
      'typing',
      'markRead',
      'edit',
      'remove',
      'react',
      'profile',
      'download',
      'acknowledge',
    ],
  },
  webhook: {
    verify: (request, config) => sameSecret(request.headers['x-sandbox-secret'], config.secret),
    parse: parseSandbox,
    ack: (stored) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(stored),
    }),
  },
  open: (account, context) => Promise.resolve(openSandbox(account, context)),
});

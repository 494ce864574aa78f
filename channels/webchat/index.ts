import { defineChannel } from '../../src/contract/channel.ts';
import { webchatConfig } from './config.ts';
import { parseFrame } from './parse.ts';
import { openWebchat } from './session.ts';

const media = { maxBytes: 20 * 1024 * 1024, caption: 10_000 };

/** The chat on a company's own site: our widget, our door. */
export default defineChannel({
  type: 'webchat',
  title: 'Site widget',
  summary: 'A chat button on your own site, and a page of its own to link to.',
  icon: 'globe',
  config: webchatConfig,
  complete: (config, random) => ({
    ...config,
    identitySecret: config['identitySecret'] || random(32),
  }),
  capabilities: {
    text: { max: 10_000, unit: 'utf16', formatting: true },
    media: { image: media, video: media, audio: media, voice: media, file: media },
    album: { max: 10 },
    card: { maxButtons: 10, maxLabel: 64, maxTokenBytes: 64 },
    replyWindow: null,
    canInitiate: false,
    reachableLater: false,
    idempotentSend: true,
    receipts: ['delivered', 'read'],
    quotes: true,
    reactions: 'any',
    location: false,
    actions: ['typing', 'edit', 'remove', 'react'],
  },
  visitor: {
    parse: parseFrame,
    appearance: ({
      title,
      greeting,
      color,
      position,
      consent,
      consentLink,
      offlineText,
      askContactWhenOffline,
      language,
    }) => ({
      title,
      greeting,
      color,
      position,
      consent,
      consentLink,
      offlineText,
      askContactWhenOffline,
      language,
    }),
    allowedOrigins: (config) => config.allowedOrigins,
    identitySecrets: (config) =>
      [config.identitySecret, config.previousIdentitySecret].filter(
        (secret) => secret !== undefined,
      ),
  },
  open: () => Promise.resolve(openWebchat()),
});

import type { ChannelKit } from '../shared/testing.ts';

const NO_PROVIDER = "There is no provider: a stored message lies in the visitor's talk already.";

/** What the contract suite needs to know of the site widget. */
export const kit: ChannelKit = {
  config: () => ({
    title: 'Chat with us',
    allowedOrigins: ['https://shop.example'],
    identitySecret: 'webchat-identity-secret-for-tests',
  }),
  secrets: ['identitySecret', 'previousIdentitySecret'],
  startDouble: null,
  chat: 'v-1',
  outcomes: [],
  neverHappens: {
    rejected: NO_PROVIDER,
    deferred: NO_PROVIDER,
    uncertain: NO_PROVIDER,
    unauthorized: NO_PROVIDER,
  },
};

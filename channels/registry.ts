import type { ActionName } from '../src/contract/capabilities.ts';
import type { Channel } from '../src/contract/channel.ts';
import api from './api/index.ts';
import sandbox from './sandbox/index.ts';
import telegram from './telegram/index.ts';
import webchat from './webchat/index.ts';

/**
 * Forgets what is special about a channel: which settings, which actions. `capabilities.actions`
 * still tells.
 */
const plain = <C, A extends ActionName>(channel: Channel<C, A>): Channel =>
  channel as unknown as Channel;

/**
 * Every kind of channel, one line each. Heavy SDKs are imported inside `open`, when an account
 * needs them.
 */
export const channels: readonly Channel[] = [
  plain(sandbox),
  plain(api),
  plain(telegram),
  plain(webchat),
];

import type { ActionName } from '../../contract/capabilities.ts';
import type { Account, Actions, Channel, ChannelSession } from '../../contract/channel.ts';
import type { AccountRecord } from './account.ts';

/** A session whose declared actions may or may not be there. */
export type AnySession = ChannelSession & Partial<Pick<Actions, ActionName>>;

/** An account with its channel and its settings in plain text: enough to understand what comes in. */
export interface KnownAccount {
  record: AccountRecord;
  channel: Channel;
  account: Account<unknown>;
}

/** An account that is open in this process and can send. */
export interface OpenAccount extends KnownAccount {
  session: AnySession;
}

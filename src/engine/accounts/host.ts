import type { Account, Channel, ChannelSession, Connection } from '../../contract/channel.ts';
import type { ActionName } from '../../contract/capabilities.ts';
import type { Actions } from '../../contract/channel.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';

/** A session whose declared actions may or may not be there. */
export type AnySession = ChannelSession & Partial<Pick<Actions, ActionName>>;

/** An account that is open in this process: its channel, its decrypted settings, its session. */
export interface OpenAccount {
  record: AccountRecord;
  channel: Channel;
  account: Account<unknown>;
  session: AnySession;
}

/** Keeps the accounts open: opens at start, re-opens on change, runs their streams, tells how they stand. */
export interface AccountHost {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The open account; null when it is unknown, stopped, or its settings can not be used. */
  get(accountId: string): OpenAccount | null;
  /** Opens or re-opens after a change; installs the webhook, starts the stream, tests the credentials. */
  connect(accountId: string): Promise<Connection>;
  /** Closes it and takes the webhook back. */
  disconnect(accountId: string): Promise<void>;
  /** Tests settings that are not saved. `config` is in plain text. */
  test(type: string, config: unknown): Promise<Connection>;
  /** Pauses with a sentence: credentials are no longer good. */
  pause(accountId: string, detail: string): Promise<void>;
}

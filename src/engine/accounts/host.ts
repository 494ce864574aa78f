import type { Connection } from '../../contract/channel.ts';
import type { KnownAccount, OpenAccount } from '../../domain/accounts/open-account.ts';

/** Keeps the accounts open: opens at start, re-opens on change, runs their streams, tells how they stand. */
export interface AccountHost {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The open account; null when it is unknown, stopped, or its settings can not be used. */
  get(accountId: string): OpenAccount | null;
  /** Its channel and settings, open or not; null when there is no such account or its secrets can not be read. */
  known(accountId: string): Promise<KnownAccount | null>;
  /** Opens or re-opens after a change; installs the webhook, starts the stream, tests the credentials. */
  connect(accountId: string): Promise<Connection>;
  /** Closes it and takes the webhook back. */
  disconnect(accountId: string): Promise<void>;
  /** Tests settings that are not saved. `config` is in plain text. */
  test(type: string, config: unknown): Promise<Connection>;
  /** Pauses with a sentence: credentials are no longer good. */
  pause(accountId: string, detail: string): Promise<void>;
}

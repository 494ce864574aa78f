import type { PageOf, PageRequest } from '../events/paging.ts';
import type { ChannelStatus } from '../../contract/wire.ts';

/** One connected account as it is stored: secrets of `config` are encrypted. */
export interface AccountRecord {
  id: string;
  type: string;
  name: string;
  lineId: string | null;
  role: 'line' | 'desk';
  /** Fields marked secret hold `enc:…` text. */
  config: Record<string, unknown>;
  status: ChannelStatus;
  detail: string;
  /** Set by a person: the account neither receives by stream nor sends. */
  stopped: boolean;
  /** Small text a stream keeps (offset). */
  cursor: string | null;
  lastEventAt: Date | null;
  createdAt: Date;
  /** Grows with every change of name, line, config: a session is re-opened when it does. */
  revision: number;
}

export interface AccountStore {
  create(
    account: Omit<AccountRecord, 'id' | 'createdAt' | 'revision' | 'cursor' | 'lastEventAt'>,
  ): Promise<AccountRecord>;
  get(id: string): Promise<AccountRecord | null>;
  all(): Promise<AccountRecord[]>;
  list(page: PageRequest): Promise<PageOf<AccountRecord>>;
  ofLine(lineId: string): Promise<AccountRecord[]>;
  /** Name, line, role, config, stopped; raises `revision`. Null: gone. */
  change(
    id: string,
    change: Partial<Pick<AccountRecord, 'name' | 'lineId' | 'role' | 'config' | 'stopped'>>,
  ): Promise<AccountRecord | null>;
  /** Does not raise `revision`. */
  setStatus(id: string, status: ChannelStatus, detail: string): Promise<AccountRecord | null>;
  saveCursor(id: string, cursor: string): Promise<void>;
  touch(id: string, at: Date): Promise<void>;
  remove(id: string): Promise<boolean>;
}

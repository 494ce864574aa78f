import type { InboundEvent } from '../../contract/inbound.ts';
import type { PageOf, PageRequest } from '../events/paging.ts';

/** An event that was accepted: stored before the provider heard 2xx. */
export interface LoggedEvent {
  id: string;
  accountId: string;
  event: InboundEvent;
  receivedAt: Date;
  attempts: number;
}

export interface InboundLog {
  /**
   * Stores under unique (account, event id); answers per event whether it is new. Durable when it resolves.
   * `raw`: the bytes it came from, kept for 30 days.
   */
  store(
    accountId: string,
    events: readonly InboundEvent[],
    raw: Uint8Array | null,
    at: Date,
  ): Promise<{ logged: LoggedEvent[]; duplicates: number }>;
  /** Nothing of it is left to do. Concurrent calls share one round trip. */
  applied(id: string, at: Date): Promise<void>;
  failedOnce(id: string): Promise<void>;
  /** Given up: it is in quarantine now. */
  quarantined(id: string, at: Date): Promise<void>;
  /** Accepted but not applied, oldest first: what a crash cut off. */
  pending(olderThan: Date, limit: number): Promise<LoggedEvent[]>;
}

/** Something that came in and could not be used, kept for people. */
export interface Quarantined {
  id: string;
  accountId: string | null;
  channelType: string;
  reason: string;
  at: Date;
  state: 'held' | 'replayed' | 'dismissed';
  raw: Uint8Array;
  /** What `parse` needs beside the bytes, to try again. */
  request: {
    method: string;
    path: string;
    query: Record<string, string>;
    headers: Record<string, string>;
  } | null;
  /** An event that was understood but could not be applied. */
  event: InboundEvent | null;
}
export interface QuarantineStore {
  hold(item: Omit<Quarantined, 'id' | 'state'>): Promise<Quarantined>;
  get(id: string): Promise<Quarantined | null>;
  setState(
    id: string,
    from: Quarantined['state'],
    to: Quarantined['state'],
  ): Promise<Quarantined | null>;
  list(state: Quarantined['state'] | null, page: PageRequest): Promise<PageOf<Quarantined>>;
}

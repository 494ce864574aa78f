import type { HttpAnswer, Parsed, WebhookRequest } from '../../contract/channel.ts';

/** The way in: everything a provider, stream or visitor brings goes through here. */
export interface Ingress {
  /** Handshake, verify, parse, store, answer. Unknown accounts get 404, wrong signatures 401, both with a constant body. */
  webhook(
    channelType: string,
    accountId: string,
    request: Omit<WebhookRequest, 'now'>,
  ): Promise<HttpAnswer>;
  /** Largest body the account's webhook takes, in bytes. */
  maxBytes(channelType: string): number;
  /** Stores events durably, then applies them in order per chat in the background. */
  accept(
    accountId: string,
    parsed: Parsed,
    raw: Uint8Array | null,
  ): Promise<{ accepted: number; duplicates: number }>;
  /** Tries a quarantined item again. Refuses what is not held. */
  replay(quarantineId: string): Promise<{ accepted: number; duplicates: number }>;
  /**
   * Applies what was accepted at least `minAgeMs` ago and never applied: what a crash left over. Resolves when it is
   * queued. At start 0; later more, since younger ones may be under way in another process.
   */
  recover(minAgeMs: number): Promise<void>;
  /** Resolves when nothing is being applied. */
  idle(): Promise<void>;
}

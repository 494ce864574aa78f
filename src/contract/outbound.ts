import type { Readable } from 'node:stream';
import type { MediaKind } from './capabilities.ts';
import type { Mark } from './inbound.ts';

/** A stored file on its way out. */
export interface OutboundFile {
  id: string;
  name: string;
  mime: string;
  /** Bytes. */
  size: number;
  width?: number;
  height?: number;
  durationMs?: number;
  /** Opens the content from its beginning; call again to retry. */
  open(): Readable;
  /** A signed address that a provider can fetch for an hour. */
  url(): string;
}

/** A button that reaches a customer: pressing sends `token` back, or opens `url`. */
export type OutboundButton = { label: string; token: string } | { label: string; url: string };

/** One send, already fitted to the channel's capabilities by the core: adapters never cut or drop. */
export type OutboundContent =
  | { kind: 'text'; text: string; marks?: Mark[] }
  | { kind: MediaKind; file: OutboundFile; caption?: string; marks?: Mark[] }
  | { kind: 'album'; items: { kind: MediaKind; file: OutboundFile; caption?: string }[] }
  | { kind: 'card'; text: string; buttons: OutboundButton[] }
  | { kind: 'location'; latitude: number; longitude: number; title?: string };

/** What `send` gets. */
export interface OutboundMessage {
  /** Ours, stable over retries: the idempotency key where the provider takes one. */
  key: string;
  /** The provider's chat id, as it came in. */
  chat: string;
  content: OutboundContent;
  /** The provider's id of the message this one answers. */
  replyTo?: string;
}

/** The ways a send can end. Nothing else: an exception out of `send` is a defect. */
export type DeliveryResult =
  /** The provider took it. `movedTo`: the chat's new id, when the provider said so. */
  | { status: 'sent'; providerIds: [string, ...string[]]; movedTo?: string }
  /** The provider refuses, for good. */
  | {
      status: 'rejected';
      reason: 'blocked' | 'window-closed' | 'no-such-chat' | 'too-large' | 'unsupported' | 'policy';
      detail: string;
    }
  /** Certainly not sent; try again. `scope`: how much must wait, default `chat`. */
  | { status: 'deferred'; retryAfterMs?: number; scope?: 'chat' | 'account'; detail: string }
  /** The request was written, the answer never came. */
  | { status: 'uncertain'; detail: string }
  /** Credentials are no longer good: the account is paused, an administrator told. */
  | { status: 'unauthorized'; detail: string };

/** How a send can be refused for good. */
export type RejectReason = Extract<DeliveryResult, { status: 'rejected' }>['reason'];

import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { ActionName, Capabilities, ChannelIcon } from './capabilities.ts';
import type { InboundEvent, InboundFile } from './inbound.ts';
import type { DeliveryResult, OutboundContent, OutboundMessage } from './outbound.ts';
import type { WidgetAppearance } from './visitor.ts';

/** One connected bot, number, mailbox or widget, as its channel sees it. */
export interface Account<C> {
  id: string;
  name: string;
  role: 'line' | 'desk';
  config: C;
  /** Where providers post to: `PUBLIC_URL/hooks/TYPE/ID`. */
  webhookUrl: string;
}

/** A request to an account's webhook address, before anything is believed. */
export interface WebhookRequest {
  method: 'GET' | 'POST';
  /** What follows `/hooks/TYPE/ID`, beginning with `/`, or empty. */
  path: string;
  /** The whole address as the provider called it, built from PUBLIC_URL. */
  url: string;
  query: Readonly<Record<string, string>>;
  headers: IncomingHttpHeaders;
  /** The bytes as they came: signatures are over these. */
  body: Buffer;
  now: Date;
}

/** An answer that a provider expects word for word. */
export interface HttpAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** What came out of one request: good events, and what was not understood, kept for people to look at. */
export interface Parsed {
  events: InboundEvent[];
  /** Pieces that could not be read; each goes to quarantine with its reason. */
  odd?: { reason: string; raw: string }[];
}

/** The way in by webhook. All but `install` and `uninstall` are pure. */
export interface Webhook<C> {
  /** Largest body in bytes. Default 1 MiB. */
  maxBytes?: number;
  /** Answers a provider's handshake; null when the request is none. Runs before `verify`. */
  handshake?(request: WebhookRequest, config: C): HttpAnswer | null;
  /** Whether the request is the provider's. Fails closed, in constant time. */
  verify(request: WebhookRequest, config: C): boolean;
  /** What becomes of a request that `parse` throws on. Default `hold`: quarantine, and 200, so that a provider goes on
   * with the next one. `refuse`: 400 with the reason, for callers who can mend it. */
  unreadable?: 'hold' | 'refuse';
  /** Reads the request. Throws only when nothing of it can be read: then all of it is quarantined. */
  parse(request: WebhookRequest, config: C): Parsed;
  /** The answer once everything is stored. Default: 200, `{"ok":true}`. */
  ack?(stored: { accepted: number; duplicates: number }): HttpAnswer;
  /** Tells the provider our address. */
  install?(account: Account<C>, context: ChannelContext): Promise<Connection>;
  /** Takes our address back; failing is not fatal. */
  uninstall?(account: Account<C>, context: ChannelContext): Promise<void>;
}

/** Where a stream puts what it received. */
export interface StreamSink {
  /** Resolves when everything is durably stored: only then may the provider be told. */
  accept(parsed: Parsed): Promise<{ accepted: number; duplicates: number }>;
  /** A small piece of text that survives restarts (offset, UID validity). */
  readCursor(): Promise<string | null>;
  saveCursor(value: string): Promise<void>;
  /** Says how the connection fares; shown to administrators. */
  report(connection: Connection): void;
  /** Ends the stream. */
  signal: AbortSignal;
}

/** The way in where we ask the provider: long poll, IMAP, socket mode. */
export interface Stream<C> {
  /** Whether this account uses it. Default true. */
  applies?(config: C): boolean;
  /** Runs until `sink.signal` aborts; resolves then. Reconnects by itself; throws only on defects. */
  run(account: Account<C>, sink: StreamSink, context: ChannelContext): Promise<void>;
}

/** A site visitor as the widget's door knows them. */
export interface Visitor {
  /** The lasting visitor id: also the chat id. */
  id: string;
  name?: string;
  email?: string;
  phone?: string;
  proof: 'signed' | 'claimed';
  language?: string;
}

/** What a visitor's browser sends. */
export type VisitorFrame =
  | {
      type: 'message';
      /** Made by the widget; the same again is the same message. */
      clientId: string;
      text?: string;
      files?: { id: string; name: string; mime: string; size: number }[];
      page?: { url?: string; title?: string; referrer?: string };
    }
  | { type: 'typing'; on: boolean }
  /** Everything up to this seq was shown. */
  | { type: 'delivered' | 'read'; messageId: string }
  | { type: 'button'; token: string; messageId?: string; clientId: string }
  | { type: 'reaction'; messageId: string; emoji: string[]; clientId: string };

/** The way in by our own widget: the door (tokens, sockets, limits) is the core's, the meaning the channel's. */
export interface VisitorWay<C> {
  parse(frame: VisitorFrame, visitor: Visitor, now: Date): InboundEvent[];
  /** What the widget shows: sent to anybody who knows the line's public key. */
  appearance(config: C): WidgetAppearance;
  /** Whether a page at this origin may show the widget; an empty list means any. */
  allowedOrigins(config: C): readonly string[];
  /** Secrets that prove who a signed-in visitor is (HS256 JWT); empty: not used. */
  identitySecrets(config: C): readonly string[];
}

/** How a connection stands, in a sentence for people. */
export type Connection =
  | { status: 'connected'; detail: string }
  | { status: 'connecting'; detail: string }
  /** `paused`: needs a person (bad credentials). `error`: tried again by itself. */
  | { status: 'error' | 'paused'; detail: string };

/** A file being fetched from a provider. */
export type Download =
  | { status: 'ok'; content: Readable; mime?: string; name?: string; size?: number }
  /** Gone or refused for good. */
  | { status: 'gone'; detail: string }
  | { status: 'deferred'; retryAfterMs?: number; detail: string };

/** What the core lends a channel. */
export interface ChannelContext {
  /** `fetch` that refuses private addresses unless allowed, and never follows to one. */
  fetch: typeof fetch;
  log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
  };
  now(): Date;
  /** For channels that make events themselves. Same promise as a stream's sink. */
  accept(parsed: Parsed): Promise<{ accepted: number; duplicates: number }>;
}

/** The methods behind each action name. All take the provider's ids. */
export interface Actions {
  typing(chat: string, on: boolean): Promise<void>;
  markRead(chat: string, messageId: string): Promise<void>;
  edit(
    chat: string,
    providerIds: readonly string[],
    content: OutboundContent,
  ): Promise<DeliveryResult>;
  remove(chat: string, providerIds: readonly string[]): Promise<DeliveryResult>;
  /** Empty list takes the reaction back. */
  react(chat: string, messageId: string, emoji: readonly string[]): Promise<DeliveryResult>;
  profile(personId: string): Promise<{ name?: string; avatar?: InboundFile } | null>;
  download(file: InboundFile): Promise<Download>;
  /** Ends a button's waiting state; `text` is shown for a moment where the provider can. */
  acknowledge(ack: string, text?: string): Promise<void>;
}

/** One open account. */
export type ChannelSession<A extends ActionName = never> = {
  /** Asks the provider whether the credentials are good; what "test connection" shows. */
  check(): Promise<Connection>;
  send(message: OutboundMessage): Promise<DeliveryResult>;
  /** Lets go of sockets and timers. */
  close(): Promise<void>;
} & Pick<Actions, A>;

/**
 * A kind of provider. One folder under `channels/`, one line in `channels/registry.ts`.
 * The schema is form, validation, masking and encryption at once: `.meta({ secret: true })` marks a secret,
 * `.meta({ title, description, placeholder })` are what the form shows.
 */
export interface Channel<C = unknown, A extends ActionName = ActionName> {
  /** Folder name; stored; part of the webhook address. */
  type: string;
  title: string;
  /** One sentence for the list of channels. */
  summary: string;
  /** Default `chat`, a speech bubble. */
  icon?: ChannelIcon;
  /** What the account may serve as. Default `['line']`. */
  roles?: readonly ('line' | 'desk')[];
  config: z.ZodType<C>;
  /** Fills what the administrator left out (generated secrets); runs once at creation, before validation. */
  complete?(
    config: Record<string, unknown>,
    random: (bytes: number) => string,
  ): Record<string, unknown>;
  capabilities: Capabilities<A>;
  webhook?: Webhook<C>;
  stream?: Stream<C>;
  visitor?: VisitorWay<C>;
  open(account: Account<C>, context: ChannelContext): Promise<ChannelSession<A>>;
}

/** Declares a channel; only checks types: declared actions must exist on the session. */
export function defineChannel<C, A extends ActionName>(channel: Channel<C, A>): Channel<C, A> {
  return channel;
}

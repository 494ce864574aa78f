import type { MediaKind } from './capabilities.ts';

/** How a piece of text can be set apart. */
export const MARK_TYPES = [
  'bold',
  'italic',
  'underline',
  'strike',
  'code',
  'pre',
  'link',
  'quote',
  'spoiler',
] as const;

/** A stretch of formatted text; `offset` and `length` count UTF-16 code units. */
export interface Mark {
  type: (typeof MARK_TYPES)[number];
  offset: number;
  length: number;
  /** For `link`: http, https, mailto or tel address. */
  url?: string;
}

/** A file as the provider names it: a reference, fetched later, retried, visible when it fails. */
export interface InboundFile {
  /** What `download` needs to fetch it: opaque, at most 4,096 characters. */
  ref: string;
  name?: string;
  mime?: string;
  /** Bytes, when the provider says. */
  size?: number;
  width?: number;
  height?: number;
  durationMs?: number;
  /** Id of a file that Openline holds already (a site visitor's upload): nothing is fetched. */
  stored?: string;
  /** Set when the provider itself will not hand it out: a sentence for people. */
  unavailable?: string;
}

/** One piece of a message, in the order a person sees them. */
export type Part =
  | { kind: 'text'; text: string; marks?: Mark[] }
  | { kind: MediaKind; file: InboundFile; sticker?: boolean; spoiler?: boolean }
  | { kind: 'location'; latitude: number; longitude: number; title?: string; address?: string }
  | { kind: 'contact'; name: string; phones: string[]; emails?: string[]; own?: boolean }
  | { kind: 'unsupported'; what: string };

/** The chat an event belongs to, in the provider's own words. */
export interface ChatRef {
  /** The provider's id of the chat: the reply address. At most 256 characters. */
  id: string;
  kind: 'private' | 'group';
  title?: string;
}

/** A person as one account sees them. */
export interface Person {
  /** The provider's lasting id of the person. */
  id: string;
  name?: string;
  username?: string;
  /** BCP 47. */
  language?: string;
  phone?: string;
  email?: string;
  /** How far phone and e-mail can be trusted; default `claimed`. */
  proof?: 'provider' | 'signed' | 'claimed';
  avatar?: InboundFile;
  bot?: boolean;
}

/** Where a talk came from: shown to operators, kept on the lead. */
export interface Origin {
  /** A deep link's payload or campaign. */
  payload?: string;
  url?: string;
  title?: string;
  referrer?: string;
}

interface EventBase {
  /** Unique within the account: the same id again is the same event. At most 256 characters. */
  id: string;
  at: Date;
  chat: ChatRef;
}

/** A customer wrote. */
export interface MessageEvent extends EventBase {
  type: 'message';
  messageId: string;
  from: Person;
  parts: Part[];
  replyTo?: { messageId: string; quote?: string };
  /** Items that the customer sent as one album share it. */
  albumId?: string;
  forwardedFrom?: string;
  origin?: Origin;
}
/** The business wrote from outside of Openline (the provider's own app). */
export interface EchoEvent extends EventBase {
  type: 'echo';
  messageId: string;
  author?: string;
  parts: Part[];
}
/** The customer changed a message. */
export interface EditedEvent extends EventBase {
  type: 'edited';
  messageId: string;
  parts: Part[];
}
/** Messages were deleted at the provider. */
export interface RemovedEvent extends EventBase {
  type: 'removed';
  messageIds: string[];
}
/** All reactions that a person has on a message now; empty means taken back. */
export interface ReactionEvent extends EventBase {
  type: 'reaction';
  messageId: string;
  from: Person;
  emoji: string[];
}
/** A button of ours was pressed. */
export interface ButtonEvent extends EventBase {
  type: 'button';
  from: Person;
  /** Our token, as sent. */
  token: string;
  messageId?: string;
  /** The sender's own key of this press, where it has one: its message carries it, so that its sender knows it again. */
  clientId?: string;
  /** What `acknowledge` needs, when the provider waits for an answer. */
  ack?: string;
}
/**
 * How far a message of ours got. `chat.id` is empty when the provider names only the message:
 * then `messageId` is the key that it was sent under.
 */
export interface ReceiptEvent extends EventBase {
  type: 'receipt';
  messageId: string;
  status: 'delivered' | 'read' | 'failed';
  /** True: this message and all before it in the chat. Default false. */
  upTo?: boolean;
  detail?: string;
}
/** What the customer does without writing. */
export interface PresenceEvent extends EventBase {
  type: 'presence';
  from: Person;
  state: 'typing' | 'idle' | 'online' | 'offline' | 'blocked' | 'unblocked';
}
/** The provider moved the chat to another id. */
export interface MovedEvent extends EventBase {
  type: 'moved';
  to: string;
}
/** A phone call changed state. */
export interface CallEvent extends EventBase {
  type: 'call';
  callId: string;
  from: Person;
  direction: 'in' | 'out';
  state: 'ringing' | 'answered' | 'ended' | 'missed';
  durationSeconds?: number;
  recording?: InboundFile;
}

/** Everything that can come in. */
export type InboundEvent =
  | MessageEvent
  | EchoEvent
  | EditedEvent
  | RemovedEvent
  | ReactionEvent
  | ButtonEvent
  | ReceiptEvent
  | PresenceEvent
  | MovedEvent
  | CallEvent;

/** Kinds of media a channel may carry. */
export type MediaKind = 'image' | 'video' | 'audio' | 'voice' | 'file';

/** Longest text of one message, draft or flow step, UTF-16 units; a channel with less gets it in several. */
export const LONGEST_TEXT = 20_000;

/** Things a channel's session can do beside sending. Declaring one obliges the session to have the method. */
export type ActionName =
  | 'typing'
  | 'markRead'
  | 'edit'
  | 'remove'
  | 'react'
  | 'profile'
  | 'download'
  | 'acknowledge';

/** The drawing that stands for a kind of channel wherever talks are listed. */
export type ChannelIcon = 'chat' | 'plane' | 'globe' | 'braces' | 'box' | 'mail' | 'phone';

/** The ways a provider tells how far a message got; "none" means that `sent` is all there will ever be. */
export type ReceiptKind = 'delivered' | 'read' | 'failed';

/** What a provider takes of one kind of media. */
export interface MediaLimit {
  /** Largest file in bytes. */
  maxBytes: number;
  /** MIME types taken, e.g. `image/jpeg`; a trailing `/*` is a wildcard. Default: any. */
  types?: readonly string[];
  /** Longest caption in the unit of `text.unit`; 0 means none, the text goes as a message of its own. */
  caption: number;
}

/**
 * What a channel can do, as plain data: the core plans by it, the composer shows it.
 * A channel's name in a condition anywhere in the core is a capability missing here.
 */
export interface Capabilities<A extends ActionName = ActionName> {
  text: {
    /** Longest single text. Longer text is split, never inside a character. */
    max: number;
    /** What `max` counts: UTF-16 code units, Unicode characters or UTF-8 bytes. */
    unit: 'utf16' | 'characters' | 'bytes';
    /** Whether bold, italic, links and code survive. */
    formatting: boolean;
  };
  /** Media by kind; a kind that is absent goes as `file`, and without `file` as a link. */
  media: Partial<Record<MediaKind, MediaLimit>>;
  /** Most items in one album, or null when each file is a message of its own. */
  album: { max: number } | null;
  /** Buttons under a text, or null: then they become a numbered list. Labels count UTF-16 units. */
  card: { maxButtons: number; maxLabel: number; maxTokenBytes: number } | null;
  /** Free answers are allowed for so many hours after the given moment; null: always. */
  replyWindow: { hours: number; after: 'customer-message' } | null;
  /** Whether a business may write first. */
  canInitiate: boolean;
  /**
   * Whether the chat can still be answered when the customer has gone: an answer waits for them at the provider.
   * Default true; false for a page that is closed and forgotten. Without it, a phone or an e-mail is the only way back,
   * and no lead is made for somebody who left neither.
   */
  reachableLater?: boolean;
  /** The provider recognises our key: sending the same message again makes no second copy. */
  idempotentSend: boolean;
  receipts: readonly ReceiptKind[];
  /** Whether a message can quote another one. */
  quotes: boolean;
  /** Emoji a business may react with; `any`, a fixed list, or null when there are no reactions. */
  reactions: 'any' | readonly string[] | null;
  /** Whether a location can be sent. */
  location: boolean;
  /** Shortest time between two messages of one chat, and most messages a second of one account. */
  pace?: { perChatMs?: number; perAccountPerSecond?: number };
  actions: readonly A[];
}

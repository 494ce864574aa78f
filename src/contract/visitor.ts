import type { VisitorMessage } from './wire.ts';

/**
 * What the site widget and its door say to each other: JSON frames, one per WebSocket message on `/visitor`, or in
 * `{frames: […]}` to and from `POST /visitor/poll` where sockets are blocked. Unknown frame types are ignored by both
 * sides, so an old widget in a cache and a new server understand each other.
 */

/** The page a visitor is on. Addresses lose fragments and secret-looking parameters before they are kept. */
export interface VisitorPage {
  /** http or https, at most 2,048 characters. */
  url?: string;
  /** At most 256 characters. */
  title?: string;
  referrer?: string;
}

/** Browser to server. */
export type VisitorCall =
  /** The first frame, and the first again after every reconnection. */
  | {
      type: 'hello';
      /** The line's public key. */
      line: string;
      /** What `token` brought; absent for somebody new. Never in an address. */
      token?: string;
      /** HS256 token of the site's own server that says who is signed in there. */
      identity?: string;
      /** The last seq the browser holds; absent: nothing. */
      afterSeq?: number;
      /** Server time of the last answer, to learn what changed in messages already held. */
      since?: string;
      /** BCP 47, of the browser. */
      language?: string;
    }
  /** Makes the visitor known before the first message (an upload needs it). `consent`: they agreed. */
  | { type: 'begin'; consent?: boolean }
  | {
      type: 'message';
      /** Made by the browser; the same again is the same message. */
      clientId: string;
      text?: string;
      /** Ids that `POST /visitor/files` answered. */
      fileIds?: string[];
      consent?: boolean;
      page?: VisitorPage;
      /** What the offline form asked: kept as claimed, never believed. */
      contact?: { name?: string; email?: string; phone?: string };
    }
  | { type: 'typing'; on: boolean }
  /** Everything of the business up to this message arrived, or was seen. */
  | { type: 'delivered' | 'read'; messageId: string }
  | { type: 'button'; token: string; messageId?: string; clientId: string }
  | { type: 'reaction'; messageId: string; emoji: string[]; clientId: string }
  | { type: 'identify'; identity: string }
  /** Older messages, before this seq. */
  | { type: 'earlier'; beforeSeq: number }
  /** Signs this browser out: its token is worth nothing any more. */
  | { type: 'forget' }
  | { type: 'ping' };

/** Server to browser. */
export type VisitorNews =
  | {
      type: 'welcome';
      appearance: WidgetAppearance;
      /** Null until the first message. */
      visitor: VisitorSelf | null;
      reach: VisitorReach;
      /** In order, after `afterSeq`. */
      messages: VisitorMessage[];
      /** There are older ones. */
      earlier: boolean;
      /** Up to which seq the visitor's own messages were seen by somebody. */
      seenSeq: number;
      /** Server time: the next `since`. */
      at: string;
    }
  /** Keep it; send it with the next `hello`. */
  | { type: 'token'; token: string; visitor: VisitorSelf }
  /** The call with this `clientId` is durably stored. */
  | { type: 'stored'; clientId: string }
  | { type: 'message'; message: VisitorMessage; at: string }
  | { type: 'changed'; message: VisitorMessage; at: string }
  | { type: 'earlier'; messages: VisitorMessage[]; earlier: boolean }
  | { type: 'typing'; on: boolean; name: string }
  | { type: 'seen'; seq: number }
  | { type: 'reach'; reach: VisitorReach }
  /** The conversation was begun anew for another person: what is shown must go. */
  | { type: 'restart' }
  | { type: 'pong' }
  /** `retryAfterMs`: the same may be tried again then. Without it: never as it is. */
  | {
      type: 'refused';
      code: VisitorRefusal;
      message: string;
      clientId?: string;
      retryAfterMs?: number;
    };

/** The look and the words of the widget. */
export interface WidgetAppearance {
  /** Empty, here and in the other texts: the widget's own words, in the visitor's language. */
  title: string;
  greeting: string;
  /** CSS colour, `#rrggbb`. */
  color: string;
  position: 'right' | 'left';
  /** Text a visitor must agree to before the first message; empty: none. */
  consent: string;
  consentLink: string;
  /** Shown when nobody is there. */
  offlineText: string;
  /** Whether an offline visitor is asked how to be reached. */
  askContactWhenOffline: boolean;
  language: string;
}

/** Why the door said no. */
export type VisitorRefusal =
  | 'malformed'
  | 'no_such_line'
  | 'wrong_origin'
  | 'consent_needed'
  | 'bad_identity'
  | 'too_many'
  | 'too_large'
  | 'not_found'
  | 'unavailable';

/** What the widget may know of its own visitor. */
export interface VisitorSelf {
  name: string | null;
  email: string | null;
  phone: string | null;
  /** The site vouches for them. */
  signed: boolean;
  /** They agreed to the present consent text. */
  consented: boolean;
}

/** Whether somebody can answer now. */
export interface VisitorReach {
  /** Within the line's hours. */
  open: boolean;
  /** A member of the line is there. */
  staffed: boolean;
  /** When `open` changes next, ISO 8601; null: never. */
  nextChange: string | null;
}

/** The answer to `POST /visitor/files`. */
export interface VisitorUpload {
  id: string;
  name: string;
  mime: string;
  size: number;
}

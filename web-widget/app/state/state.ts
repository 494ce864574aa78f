import type { WidgetAppearance } from '../../../src/contract/visitor.ts';
import type { VisitorReach, VisitorSelf, VisitorUpload } from '../../../src/contract/visitor.ts';
import type { VisitorMessage } from '../../../src/contract/wire.ts';
import type { LinkState } from '../link/link.ts';
import type { Pending } from './messages.ts';

/** A file beside the text that is being written. */
export interface Draft {
  key: string;
  name: string;
  size: number;
  /** For pictures: an address of the file in this browser. */
  preview: string | null;
  /** 0 to 1. */
  progress: number;
  uploaded: VisitorUpload | null;
}

/** All that the widget shows. Replaced, never changed in place. */
export interface State {
  appearance: WidgetAppearance;
  link: LinkState;
  visitor: VisitorSelf | null;
  reach: VisitorReach | null;
  messages: readonly VisitorMessage[];
  pending: readonly Pending[];
  /** There are older messages on the server. */
  earlier: boolean;
  loadingEarlier: boolean;
  /** Who types; null: nobody. */
  typing: string | null;
  /** The visitor sees the widget. */
  shown: boolean;
  phone: boolean;
  drafts: readonly Draft[];
  /** What went wrong last, for the visitor; shown until the next act. */
  trouble: string | null;
  /** The talk can not be had at all. */
  gone: boolean;
  sound: boolean;
  /** The consent box is ticked. */
  agreed: boolean;
  /** The offline form was sent. */
  thanked: boolean;
}

export function beginning(appearance: WidgetAppearance, sound: boolean, framed: boolean): State {
  return {
    appearance,
    link: 'off',
    visitor: null,
    reach: null,
    messages: [],
    pending: [],
    earlier: false,
    loadingEarlier: false,
    typing: null,
    shown: !framed,
    phone: false,
    drafts: [],
    trouble: null,
    gone: false,
    sound,
    agreed: false,
    thanked: false,
  };
}

/** Whether a consent must be given before anything is sent. */
export function needsConsent({ appearance, visitor, agreed }: State): boolean {
  return appearance.consent !== '' && !visitor?.consented && !agreed;
}

/** Whether nobody can answer now. Unknown counts as somebody: no false alarm while connecting. */
export function isAway({ reach }: State): boolean {
  return reach !== null && !(reach.open && reach.staffed);
}

/** Whether the visitor is asked how to be reached instead of being let write into an empty room. */
export function asksContact(state: State): boolean {
  const { appearance, visitor, messages, pending } = state;
  return (
    appearance.askContactWhenOffline &&
    isAway(state) &&
    messages.length === 0 &&
    pending.length === 0 &&
    !visitor?.signed &&
    !visitor?.email &&
    !visitor?.phone
  );
}

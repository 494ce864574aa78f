import type { CannedActsView, SendBody } from '../../contract/wire.ts';

/** An answer that is to be sent later, by its writer. Until then it is nobody's message and reaches nobody. */
export interface ScheduledSend {
  id: string;
  conversationId: string;
  authorId: string;
  /** Made by the client: the same again is the same one. */
  clientId: string;
  body: Omit<SendBody, 'clientId' | 'sendAt'>;
  sendAt: Date;
  state: 'queued' | 'sent' | 'failed' | 'canceled';
  /** Why it failed. */
  detail: string;
  leaseUntil: Date | null;
  createdAt: Date;
}

/** Answers for later. */
export interface ScheduledStore {
  /** `fresh` false: the same client key was there; that one is answered unchanged. */
  create(
    item: Omit<ScheduledSend, 'id' | 'state' | 'detail' | 'leaseUntil'>,
  ): Promise<{ item: ScheduledSend; fresh: boolean }>;
  get(id: string): Promise<ScheduledSend | null>;
  /** Those still to be sent, and those that failed, soonest first. */
  ofConversation(conversationId: string): Promise<ScheduledSend[]>;
  /** Changes one that is still to be sent, or that failed: it is to be sent then. Null: it is being sent, or gone. */
  change(
    id: string,
    now: Date,
    change: Pick<ScheduledSend, 'body' | 'sendAt'>,
  ): Promise<ScheduledSend | null>;
  /** `queued` or `failed` → `canceled`, unless it is being sent. Null: it was not so. */
  cancel(id: string, now: Date): Promise<ScheduledSend | null>;
  /** One that is due, kept from others until `until`. Null: none is. */
  leaseDue(now: Date, until: Date): Promise<ScheduledSend | null>;
  settle(id: string, state: 'sent' | 'failed', detail: string): Promise<void>;
}

/** A text that is used again and again. */
export interface CannedAnswer {
  id: string;
  /** What people type: lower-case letters, digits, dashes; unique. */
  shortcut: string;
  title: string;
  /** With variables: `{{contact.name}}`. */
  text: string;
  /** Lines it is for; empty: all. */
  lineIds: string[];
  /** What is done after it was sent. */
  acts: CannedActsView;
  createdAt: Date;
  updatedAt: Date;
}

/** Canned answers. A company has hundreds, not millions: lists are whole. */
export interface CannedStore {
  /** Refuses a shortcut that is taken (`duplicate`). */
  create(
    answer: Omit<CannedAnswer, 'id' | 'createdAt' | 'updatedAt'>,
    at: Date,
  ): Promise<CannedAnswer>;
  get(id: string): Promise<CannedAnswer | null>;
  byShortcut(shortcut: string): Promise<CannedAnswer | null>;
  /** By shortcut, at most 1,000. */
  all(): Promise<CannedAnswer[]>;
  change(
    id: string,
    change: Partial<Omit<CannedAnswer, 'id' | 'createdAt' | 'updatedAt'>>,
    at: Date,
  ): Promise<CannedAnswer | null>;
  remove(id: string): Promise<boolean>;
}

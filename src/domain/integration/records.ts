import type { PageOf, PageRequest } from '../events/paging.ts';
import type { Actor } from '../events/events.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Message } from '../conversations/message.ts';
import type { TimelineEntry } from '../crm/records.ts';

/** An address outside that hears what happens here (Standard Webhooks). */
export interface WebhookTarget {
  id: string;
  url: string;
  /** Event types; empty: all. */
  events: string[];
  /** Encrypted. */
  secret: string;
  active: boolean;
  /** When it was made, or switched on again: what happened before is not told. */
  since: Date;
  createdAt: Date;
  lastStatus: string | null;
}
/** One call to a webhook or an API channel's address: kept until it was taken or given up. */
export interface WebhookCall {
  id: string;
  targetId: string;
  event: string;
  /** What it tells of: no address is told the same twice. Absent: a ping, or from before this was kept. */
  key?: string;
  /** The exact body that is signed. */
  body: string;
  state: 'queued' | 'sent' | 'failed';
  attempts: number;
  /** Last HTTP status. */
  status: number | null;
  detail: string;
  createdAt: Date;
  nextAt: Date;
  leaseUntil: Date | null;
}
export interface WebhookStore {
  create(target: Omit<WebhookTarget, 'id' | 'createdAt' | 'lastStatus'>): Promise<WebhookTarget>;
  get(id: string): Promise<WebhookTarget | null>;
  all(): Promise<WebhookTarget[]>;
  change(
    id: string,
    change: Partial<Omit<WebhookTarget, 'id' | 'createdAt'>>,
  ): Promise<WebhookTarget | null>;
  remove(id: string): Promise<boolean>;
  /** Leaves out what its address was told already. */
  enqueue(
    calls: readonly Omit<WebhookCall, 'id' | 'attempts' | 'status' | 'detail' | 'leaseUntil'>[],
  ): Promise<void>;
  /** Which of these keys an address was told. */
  told(targetId: string, keys: readonly string[]): Promise<Set<string>>;
  /** Whether it was told anything whose key lies between these two, in the order of text. */
  toldBetween(targetId: string, from: string, to: string): Promise<boolean>;
  /** Until when all that happened was looked through; null: never yet. */
  lookedUntil(): Promise<Date | null>;
  /** Never goes back. */
  setLookedUntil(at: Date): Promise<void>;
  leaseDue(now: Date, until: Date): Promise<WebhookCall | null>;
  settle(
    id: string,
    change: Pick<WebhookCall, 'state' | 'attempts' | 'status' | 'detail' | 'nextAt'>,
  ): Promise<void>;
  /** `failed` or `sent` → `queued`. */
  replay(id: string, targetId: string, now: Date): Promise<boolean>;
  calls(targetId: string, page: PageRequest): Promise<PageOf<WebhookCall>>;
}

/** What lies in the database since some time, for whoever must miss nothing that this process did not hear of. */
export interface HappenedStore {
  /** Messages stored since then, in that order. */
  messages(since: Date): AsyncGenerator<Message>;
  /** Messages that changed since then. */
  changedMessages(since: Date): AsyncGenerator<Message>;
  /** Conversations that anything happened in since then. */
  conversations(since: Date): AsyncGenerator<Conversation>;
  /** What was written into timelines of these kinds since then, in that order. */
  entries(
    kinds: readonly TimelineEntry['subject']['kind'][],
    since: Date,
  ): AsyncGenerator<TimelineEntry>;
}

/** Company-wide settings: one document. */
export interface Settings {
  companyName: string;
  timeZone: string;
  currency: string;
  language: string;
  /** Minutes; 0: never. */
  disconnectMinutes: number;
  /** Minutes; 0: never. */
  idleMinutes: number;
  pushText: boolean;
}
export interface SettingsStore {
  read(): Promise<Settings>;
  change(change: Partial<Settings>): Promise<Settings>;
}

/** Sign-ins, settings, exports, deletions. */
export interface AuditEntry {
  id: string;
  at: Date;
  who: Actor;
  act: string;
  detail: string;
  address: string | null;
}
export interface AuditStore {
  record(entry: Omit<AuditEntry, 'id'>): Promise<void>;
  list(page: PageRequest): Promise<PageOf<AuditEntry>>;
}

/** A site visitor of the widget: the token's hash, who they are. */
export interface VisitorRecord {
  id: string;
  accountId: string;
  keyHash: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  language: string | null;
  proof: 'signed' | 'claimed';
  /** The consent text agreed to, and when. */
  consent: { text: string; at: Date } | null;
  createdAt: Date;
  expiresAt: Date;
}
export interface VisitorStore {
  create(visitor: Omit<VisitorRecord, 'createdAt'>): Promise<VisitorRecord>;
  byKeyHash(hash: string): Promise<VisitorRecord | null>;
  change(
    id: string,
    change: Partial<Omit<VisitorRecord, 'id' | 'accountId' | 'createdAt'>>,
  ): Promise<VisitorRecord | null>;
  remove(id: string): Promise<void>;
}

/** A button's meaning, kept here because providers give 64 bytes and customers can forge them. */
export interface ButtonToken {
  token: string;
  conversationId: string;
  messageId: string;
  label: string;
  value: string;
  createdAt: Date;
}
export interface ButtonTokenStore {
  save(tokens: readonly ButtonToken[]): Promise<void>;
  get(token: string): Promise<ButtonToken | null>;
}

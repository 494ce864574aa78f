import type { Money } from '../../base/money.ts';
import type { Origin } from '../../contract/inbound.ts';
import type { LeadStatus } from '../../contract/wire.ts';
import type { PageOf, PageRequest } from '../events/paging.ts';
import type { Actor } from '../events/events.ts';

/** A person in the CRM. */
export interface Contact {
  id: string;
  number: number;
  name: string;
  /** E.164. */
  phones: string[];
  /** Lower case. */
  emails: string[];
  language: string | null;
  companyId: string | null;
  ownerId: string | null;
  /** File id. */
  avatarId: string | null;
  note: string;
  createdAt: Date;
}
/** A person as one account sees them. */
export interface Identity {
  id: string;
  accountId: string;
  channelType: string;
  externalId: string;
  contactId: string;
  name: string;
  username: string | null;
  proof: 'provider' | 'signed' | 'claimed';
  createdAt: Date;
}
export interface ContactStore {
  /**
   * The identity of (account, external id) and its contact, both made when there are none; however many call at once:
   * one. `created` when this call made the contact.
   */
  findOrCreateByIdentity(identity: {
    accountId: string;
    channelType: string;
    externalId: string;
    name: string;
    username: string | null;
    proof: Identity['proof'];
    phones: string[];
    emails: string[];
    language: string | null;
    at: Date;
  }): Promise<{ contact: Contact; identity: Identity; created: boolean }>;
  /** With the `entry` that tells of it, both or neither. */
  create(
    contact: Omit<Contact, 'id' | 'number' | 'createdAt'>,
    entry?: (made: Contact) => NewEntry,
  ): Promise<Contact>;
  get(id: string): Promise<Contact | null>;
  byNumber(number: number): Promise<Contact | null>;
  many(ids: readonly string[]): Promise<Contact[]>;
  identities(contactId: string): Promise<Identity[]>;
  /** The identities of all these contacts at once. */
  identitiesOf(contactIds: readonly string[]): Promise<Identity[]>;
  /** With the `entry` that tells of it, both or neither. */
  change(
    id: string,
    change: Partial<Omit<Contact, 'id' | 'number' | 'createdAt'>>,
    entry?: NewEntry,
  ): Promise<Contact | null>;
  /** Adds what is not there yet. Null: nothing was new. */
  addWays(
    id: string,
    phones: readonly string[],
    emails: readonly string[],
  ): Promise<Contact | null>;
  /** `q`: words of the name by prefix, digits of a phone, start of an e-mail. Newest first. */
  list(
    filter: { q?: string; ownerIds?: readonly string[] },
    page: PageRequest,
  ): Promise<PageOf<Contact>>;
}

/** Somebody who may become a customer. */
export interface Lead {
  id: string;
  number: number;
  name: string;
  status: LeadStatus;
  source: {
    channel: string;
    lineId: string | null;
    accountId: string | null;
    origin: Origin | null;
  };
  contactId: string | null;
  ownerId: string | null;
  conversationId: string | null;
  note: string;
  createdAt: Date;
  updatedAt: Date;
}
export interface LeadStore {
  /** With the `entry` that tells of it, both or neither. */
  create(
    lead: Omit<Lead, 'id' | 'number' | 'createdAt' | 'updatedAt'>,
    at: Date,
    entry?: (made: Lead) => NewEntry,
  ): Promise<Lead>;
  /** The open lead (`new`, `in work`) of a contact, made when there is none; however many call at once: one. */
  findOrCreateOpen(
    lead: Omit<Lead, 'id' | 'number' | 'createdAt' | 'updatedAt'> & { contactId: string },
    at: Date,
    entry?: (made: Lead) => NewEntry,
  ): Promise<{ lead: Lead; created: boolean }>;
  get(id: string): Promise<Lead | null>;
  byNumber(number: number): Promise<Lead | null>;
  openOfContact(contactId: string): Promise<Lead | null>;
  change(
    id: string,
    change: Partial<Omit<Lead, 'id' | 'number' | 'createdAt'>>,
    at: Date,
    entry?: NewEntry,
  ): Promise<Lead | null>;
  list(
    filter: {
      q?: string;
      status?: LeadStatus;
      ownerIds?: readonly string[];
      contactId?: string;
    },
    page: PageRequest,
  ): Promise<PageOf<Lead>>;
}

export interface Pipeline {
  id: string;
  name: string;
  stages: { id: string; name: string /** Percent. */; probability: number }[];
  createdAt: Date;
}
export interface Deal {
  id: string;
  number: number;
  title: string;
  pipelineId: string;
  stageId: string;
  amount: Money;
  contactId: string | null;
  companyId: string | null;
  ownerId: string | null;
  conversationId: string | null;
  state: 'open' | 'won' | 'lost';
  createdAt: Date;
  updatedAt: Date;
}
export interface DealStore {
  pipelines(): Promise<Pipeline[]>;
  createPipeline(pipeline: Omit<Pipeline, 'id' | 'createdAt'>, at: Date): Promise<Pipeline>;
  /** With the `entry` that tells of it, both or neither. */
  create(
    deal: Omit<Deal, 'id' | 'number' | 'createdAt' | 'updatedAt'>,
    at: Date,
    entry?: (made: Deal) => NewEntry,
  ): Promise<Deal>;
  get(id: string): Promise<Deal | null>;
  byNumber(number: number): Promise<Deal | null>;
  change(
    id: string,
    change: Partial<Omit<Deal, 'id' | 'number' | 'createdAt'>>,
    at: Date,
    entry?: NewEntry,
  ): Promise<Deal | null>;
  list(
    filter: {
      q?: string;
      state?: Deal['state'];
      ownerIds?: readonly string[];
      contactId?: string;
      stageId?: string;
    },
    page: PageRequest,
  ): Promise<PageOf<Deal>>;
}

/** Who, what, before, after, why: of sessions, leads, deals and whatever else people ask about later. */
export interface TimelineEntry {
  id: string;
  at: Date;
  subject: { kind: 'session' | 'conversation' | 'lead' | 'contact' | 'deal'; id: string };
  who: Actor;
  what: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  why: string | null;
}
/** An entry about to be written. */
export type NewEntry = Omit<TimelineEntry, 'id'>;
export interface TimelineStore {
  /** One whose id is there is not written again. */
  record(entry: TimelineEntry): Promise<void>;
  of(subject: TimelineEntry['subject'], page: PageRequest): Promise<PageOf<TimelineEntry>>;
}

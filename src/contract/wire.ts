/**
 * What crosses between server and browsers, scripts and webhooks. Times are ISO 8601 UTC strings, ids strings.
 * Browser code may `import type` from here and from nowhere else in the server.
 */
import type { Capabilities, ChannelIcon } from './capabilities.ts';
import type { Card } from './card.ts';
import type { FlowProblem, FlowScript } from './composed.ts';
import type { FlowEffect } from './flow.ts';
import type { Mark } from './inbound.ts';
import type { BuiltInRole, Grants } from './rights.ts';

/** Any list: pass `nextCursor` back as `cursor`; null at the end. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
/** The body of every refusal. Codes: `docs/errors.md`. */
export interface ErrorBody {
  error: {
    code: string;
    message: string;
    hint?: string;
    field?: string;
    /** For machines: who won, how long to wait. */
    facts?: Record<string, unknown>;
    requestId: string;
  };
}
export interface MoneyView {
  /** Decimal text, e.g. `"123.45"`. */
  amount: string;
  /** ISO 4217. */
  currency: string;
}

// ── people ────────────────────────────────────────────────────────────────────────────────────────────────
export type PresenceState = 'online' | 'break' | 'offline';
/** Why somebody gets no new talks, beside what they said themselves. */
export type AwayKind = 'absent' | 'off_hours' | 'disconnected' | 'idle';
export interface AwayView {
  kind: AwayKind;
  since: string | null;
  until: string | null;
  /** The same as a sentence, in the person's zone. */
  why: string;
}
export type AbsenceKind = 'holiday' | 'ill' | 'other';
/** `from`, `to`: local dates (the last day belongs to it) or times, `2026-12-24T14:00`, in the person's zone. */
export interface AbsenceView {
  id: string;
  from: string;
  to: string;
  kind: AbsenceKind;
  note: string;
}
export type DeviceKind = 'browser' | 'phone';
/** A browser or phone with the inbox. */
export interface DeviceView {
  id: string;
  /** What the device calls itself by. */
  key: string;
  kind: DeviceKind;
  name: string;
  createdAt: string;
  seenAt: string;
  activeAt: string;
  live: boolean;
  /** Whether notices reach it while the inbox is closed. */
  push: boolean;
}
/** `GET /push`. */
export interface PushView {
  /** What a browser subscribes with (VAPID, base64url). */
  publicKey: string;
}
export interface UserView {
  id: string;
  name: string;
  email: string;
  /** What `@` names: lower-case letters, digits, dots. */
  handle: string;
  role: BuiltInRole | string;
  departmentId: string | null;
  timeZone: string;
  active: boolean;
  /** Most open talks over all lines; null: no limit. */
  maxTalks: number | null;
  /** What they said. */
  presence: PresenceState;
  /** Why no new talks go to them all the same; null: nothing is in the way. */
  away?: AwayView | null;
  /** When they work, in their zone; empty: no such hours. */
  hours?: HoursView;
  /** Until then they work in spite of hours and absences. */
  workUntil?: string | null;
  /** Whether a phone that takes push messages stands for their being there. */
  reachableByPhone?: boolean;
  /** Open talks now. */
  load: number;
  createdAt: string;
}
/** `GET /session`, `POST /session`, `POST /setup`. */
export interface SessionView {
  user: UserView;
  /** Send as `X-CSRF-Token` with every changing call. */
  csrf: string;
  grants: Grants;
  company: SettingsView;
}
export interface SetupView {
  /** True while there is no administrator. */
  needed: boolean;
}
export interface TokenView {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
  /** Only in the answer to `POST /tokens`. */
  token?: string;
}
export interface RoleView {
  id: string;
  name: string;
  builtIn: boolean;
  grants: Grants;
}
export interface SettingsView {
  companyName: string;
  timeZone: string;
  currency: string;
  language: string;
  publicUrl: string;
  /** After so many minutes without a device, who is online counts as not connected; 0: never. */
  disconnectMinutes: number;
  /** After so many minutes without a key, a click or a look, who is online counts as idle; 0: never. */
  idleMinutes: number;
  /** Whether push messages hold the first words of what was written. */
  pushText: boolean;
}

// ── lines and channels ────────────────────────────────────────────────────────────────────────────────────
export type QueueName = 'evenly' | 'strictly' | 'all' | 'least_busy';
/** Whether the queue gives a talk at once, or shows it for a while to be taken. */
export type AssignName = 'direct' | 'offer';
/** Which talks fill an operator's places: all open ones, or those whose customer waits for an answer. */
export type CountName = 'all' | 'awaiting';
/** Whom a customer who comes back goes to first: nobody in particular, who had them last, their owner in the CRM. */
export type StickyName = 'none' | 'last' | 'owner';
export type WeekDay = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
/** `["09:00","13:00"]`; an end at or before its start is on the next day. */
export type HoursView = Partial<Record<WeekDay, [string, string][]>>;
/** A flow of a line: its name in `GET /flow-types` (of a composed one its id), and its settings. */
export interface LineFlowView {
  name: string;
  config: Record<string, unknown>;
}
/** Minutes of the line's working time; null: no such target. */
export interface LineTargetsView {
  /** From the first message to the first answer of a person. */
  firstAnswerMinutes: number | null;
  /** From each later message of the customer to the answer. */
  nextAnswerMinutes: number | null;
  /** From the first message to the end of the talk. */
  resolutionMinutes: number | null;
  /** The operator is warned when this much of the time is gone, percent. */
  warnPercent: number;
}
/** Days off by an iCalendar: a feed that is fetched every day, or a text given once. */
export interface HolidayCalendarView {
  url: string | null;
  days: { date: string; name: string }[];
  fetchedAt: string | null;
  /** What is wrong with the feed now; the days are the last good ones. */
  problem: string | null;
}
/** `GET /flow-types`: what a line can do by itself. */
export interface FlowTypeView {
  name: string;
  version: number;
  title: string;
  summary: string;
  /** When it begins. */
  begins: 'opened' | 'queued' | 'closed';
  /** JSON Schema (draft 7) of its settings: the form. */
  schema: Record<string, unknown>;
  /** Composed by administrators: `name` is its id in `GET /flows`. */
  composed?: boolean;
}
/** A flow that administrators compose. Lines get its newest version; talks under way keep theirs. */
export interface FlowView {
  id: string;
  name: string;
  /** What is being worked on; may be half written. */
  draft: FlowScript;
  /** Which draft this is: changes and publications name the one they saw. */
  rev: number;
  /** What keeps the draft from being published; empty: nothing. */
  problems: FlowProblem[];
  /** The newest version, without its script; null: never published, no line can have it. */
  published: Omit<FlowVersionView, 'script'> | null;
  /** Whether the draft differs from the newest version. */
  changed: boolean;
  /** Lines that have it. */
  lines: { id: string; name: string }[];
  createdAt: string;
  updatedAt: string;
}
/** `GET /flows/:id/versions`: what was published once. */
export interface FlowVersionView {
  /** From 1. */
  number: number;
  script: FlowScript;
  at: string;
  by: AuthorView;
  note: string;
}
/** What a customer, the clock or a colleague does in a simulated talk. */
export type SimulatedEvent =
  | { kind: 'text'; text: string }
  | { kind: 'button'; value: string }
  | { kind: 'timeout' }
  | { kind: 'unanswered' }
  /** A person answers. */
  | { kind: 'answered' };
/** What the flow did then. */
export interface SimulatedTurn {
  /** Null: it began. */
  event: SimulatedEvent | null;
  effects: FlowEffect[];
  /** The step that waits; null: none. */
  at: string | null;
  /** The flow is over. */
  done: boolean;
  /** It was not for this flow: the talk goes on as if no flow were there. */
  passed: boolean;
  /** It was stopped: for going round without waiting, or on and on towards a customer who says nothing. */
  ran: 'round' | 'silent' | null;
}
/** `POST /flows/simulate`: nothing is stored, nothing is sent. */
export interface SimulationView {
  problems: FlowProblem[];
  /** False: by these facts it does not begin at all. */
  applies: boolean;
  /** Operators are asked only when it is done. */
  holds: boolean;
  /** The beginning, then one for each event until the flow is over. */
  turns: SimulatedTurn[];
}
export interface LineView {
  id: string;
  /** Public key: widget and links. */
  key: string;
  name: string;
  queue: QueueName;
  /** User ids, in order. */
  members: string[];
  timeZone: string;
  /** Empty: always open. */
  hours: HoursView;
  /** Local dates, `2026-12-25`. */
  holidays: string[];
  offHours: { action: 'queue' | 'text'; text?: string };
  /** How long an offer lives, seconds, 30 to 43,200. */
  offerSeconds: number;
  /** Most open talks of one operator on this line; null: no limit. */
  maxTalksPerOperator: number | null;
  autoLead: boolean;
  priority: number;
  /** Default `direct`. */
  assign?: AssignName;
  /** Default `all`. */
  counts?: CountName;
  /** Default `none`. */
  sticky?: StickyName;
  /** Who is given a talk of a colleague becomes the owner of its contact, lead and open deals, too. Default false. */
  ownerFollows?: boolean;
  /** Hours of single days by date, in place of the weekday's and of holidays; an empty list: closed. */
  exceptions?: Record<string, [string, string][]>;
  calendar?: HolidayCalendarView | null;
  flows?: LineFlowView[];
  targets?: LineTargetsView;
  /** After so many minutes of the customer's silence an answered talk is closed; null: never. */
  autoCloseMinutes?: number | null;
  /** What stands under answers; with the variables of canned answers. Default off. */
  signature?: { on: boolean; text: string };
  waiting: number;
  open: number;
  createdAt: string;
}
export type ChannelStatus = 'connected' | 'connecting' | 'error' | 'paused';
export interface ChannelView {
  id: string;
  type: string;
  name: string;
  lineId: string | null;
  role: 'line' | 'desk';
  /** Secrets are masked as `"••••"` and the last characters. Sending a masked value back keeps the secret. */
  config: Record<string, unknown>;
  status: ChannelStatus;
  /** How it stands, in a sentence. */
  detail: string;
  webhookUrl: string;
  createdAt: string;
  lastEventAt: string | null;
  /** Only in the answer that creates it: secrets that were made for it. */
  secrets?: Record<string, string>;
}
export interface ChannelTypeView {
  type: string;
  title: string;
  summary: string;
  icon: ChannelIcon;
  /** Customers of it write in the widget of our own: a line with such a channel has an embed code. */
  widget: boolean;
  roles: ('line' | 'desk')[];
  /** JSON Schema (draft 7) with `title`, `description`, `secret`, `placeholder`: the form. */
  schema: Record<string, unknown>;
  capabilities: Capabilities;
}
export interface ConnectionView {
  status: ChannelStatus;
  detail: string;
}

// ── talks ─────────────────────────────────────────────────────────────────────────────────────────────────
export type TalkState = 'waiting' | 'open' | 'closed';
export type Direction = 'in' | 'out' | 'note' | 'event';
export type DeliveryState =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'uncertain'
  | 'canceled';

export interface FileView {
  id: string;
  name: string;
  mime: string;
  size: number | null;
  width?: number;
  height?: number;
  durationMs?: number;
  /** `pending`: being fetched. `failed`: `detail` says why, `POST /files/:id/retry` tries again. */
  state: 'pending' | 'ready' | 'failed';
  detail?: string;
  /** Where to read it; null until ready. */
  url: string | null;
  thumbUrl?: string | null;
}
export type PartView =
  | { kind: 'text'; text: string; marks?: Mark[] }
  | { kind: 'image' | 'video' | 'audio' | 'voice' | 'file'; file: FileView; sticker?: boolean }
  | { kind: 'location'; latitude: number; longitude: number; title?: string; address?: string }
  | { kind: 'contact'; name: string; phones: string[]; emails?: string[]; own?: boolean }
  | { kind: 'card'; text: string; buttons: { label: string; url?: string }[] }
  | { kind: 'unsupported'; what: string };

export interface AuthorView {
  kind: 'contact' | 'user' | 'system' | 'external';
  id: string | null;
  name: string;
}
export interface MessageView {
  id: string;
  conversationId: string;
  sessionId: string;
  /** Gap-free in its conversation, from 1. */
  seq: number;
  direction: Direction;
  /** All text of the message; for `event` the sentence to show. */
  text: string;
  parts: PartView[];
  author: AuthorView;
  at: string;
  clientId: string | null;
  replyTo: { id: string | null; seq: number | null; text: string; author: string } | null;
  albumId: string | null;
  /** Earlier texts, oldest first. */
  edits: { text: string; at: string }[];
  removedAt: string | null;
  reactions: { emoji: string; by: AuthorView }[];
  forwardedFrom?: string;
  /** For `out` only. */
  delivery: {
    state: DeliveryState;
    detail?: string;
    attempts: number;
    /** When the next attempt is due, while it waits after a failure. */
    nextAt?: string;
    sentAt?: string;
    deliveredAt?: string;
    readAt?: string;
  } | null;
  /** For `event`: what happened, for icons and filters; and another talk that it leads to. */
  event?: { kind: string; conversationId?: string };
  /** For `note`: ids of the colleagues it names with @. */
  mentions?: string[];
  /** For an answer that is still to be sent: when. Its `seq` is 0. */
  sendAt?: string;
}
export interface ContactRef {
  id: string;
  name: string;
}
export interface ConversationView {
  id: string;
  channelId: string;
  channelType: string;
  channelName: string;
  lineId: string;
  lineName: string;
  state: TalkState;
  sessionId: string;
  /** Seq of the last message. */
  seq: number;
  /** Grows with every change of the talk's state; a view with a smaller one is older. */
  rev: number;
  contact: ContactRef;
  leadId: string | null;
  ownerId: string | null;
  ownerName: string | null;
  lastMessage: { text: string; at: string; direction: Direction; author?: AuthorView } | null;
  /** Customer messages nobody has read. */
  unread: number;
  /** Since when the customer waits for a person; null when nobody waits. */
  waitingSince: string | null;
  /** Why nobody has it yet, or why this operator: the last decision. */
  why: string | null;
  /** The customer blocked us or left: an answer will not arrive. */
  blocked: boolean;
  openedAt: string;
  closedAt: string | null;
  outcome: string | null;
  targets?: TargetView[];
  /** What the customer said at the end; null: nothing. */
  rating?: { score: number; comment: string | null; at: string } | null;
  /** What the customer agreed to; null: nothing. */
  consent?: { text: string; at: string } | null;
  /** A flow talks to the customer; operators are not asked yet. */
  inFlow?: boolean;
  /** An offer under way. `operatorId` null: to everybody of the line. */
  offer?: { operatorId: string | null; operatorName: string | null; until: string } | null;
  /** It waits for whoever of this role is free first. */
  forRole?: { id: string; name: string } | null;
  snoozedUntil?: string | null;
  /** Whether the customer wrote last. */
  awaitsAnswer?: boolean;
  /** Colleagues who were invited. */
  guests?: { id: string; name: string }[];
  tags?: string[];
  /** People who keep it at the top of their lists. */
  pinnedBy?: string[];
  /** The talk that this one was merged into. */
  mergedInto?: string | null;
}
/** Another talk of the same person. */
export interface LinkedTalkView {
  id: string;
  channelName: string;
  lineName: string;
  /** The customer's address there. */
  chat: string;
  state: TalkState;
  /** Seq of its last message. */
  seq: number;
  createdAt: string;
  lastAt: string | null;
  mergedBy: string | null;
  mergedAt: string | null;
}
/** `GET /conversations/:id/sessions`: one episode of a talk. */
export interface TalkSessionView {
  id: string;
  /** 1 for the first. */
  number: number;
  state: TalkState;
  openedAt: string;
  closedAt: string | null;
  outcome: string | null;
  ownerId: string | null;
  ownerName: string | null;
  /** When a person first answered. */
  firstAnswerAt: string | null;
  /** What the customer said at the end. */
  rating: { score: number; comment: string | null; at: string } | null;
  /** What a supervisor says; null: nothing, or not the reader's to see. */
  score: TalkScoreView | null;
  /** Earlier scores, newest first. */
  earlierScores: TalkScoreView[];
  /** Whether the reader may score it. */
  mayScore: boolean;
}
/** A supervisor's word on a finished session. */
export interface TalkScoreView {
  /** 1 to 5. */
  score: number;
  comment: string | null;
  by: { id: string; name: string };
  at: string;
}
/** By when something should happen, in the line's working time. */
export interface TargetView {
  kind: 'first-answer' | 'next-answer' | 'resolution';
  startedAt: string;
  dueAt: string;
  /** `near`: people were warned. `missed`: it came late, or has not come yet and is over. */
  state: 'running' | 'near' | 'missed' | 'met';
  metAt: string | null;
}
/** `GET /conversations/:id`: the list's fields and what the talk view needs. */
export interface ConversationDetail extends ConversationView {
  capabilities: Capabilities;
  /** Until when a free answer is allowed; null: always. */
  windowClosesAt: string | null;
  contactDetail: ContactView;
  lead: LeadView | null;
  origin: { payload?: string; url?: string; title?: string; referrer?: string } | null;
  /** What the reader may do here. */
  may: {
    reply: boolean;
    note: boolean;
    take: boolean;
    assign: boolean;
    close: boolean;
    reopen: boolean;
    skip?: boolean;
    transfer?: boolean;
    invite?: boolean;
    snooze?: boolean;
    intercept?: boolean;
    /** Follow it unseen. */
    join?: boolean;
  };
  /** The reader has joined silently. */
  joined?: boolean;
  /** Talks that were merged into this one. */
  merged?: LinkedTalkView[];
  /** Talks that could be: of the same person, on the same kind of channel, in reach of the reader. */
  duplicates?: LinkedTalkView[];
  chat: string;
}
export interface DecisionView {
  at: string;
  act: 'assign' | 'offer' | 'wait' | 'skip';
  operatorId?: string;
  operatorName?: string;
  why: string;
  excluded: { operatorId: string; operatorName?: string; why: string }[];
}
/** `POST /conversations/:id/messages`. */
export interface SendBody {
  text?: string;
  marks?: Mark[];
  /** Ids of uploaded files, in order. */
  fileIds?: string[];
  /** Made by the client; the same again is the same message. */
  clientId: string;
  /** The last seq the writer saw: guards against answering over a colleague. */
  seenSeq?: number;
  force?: boolean;
  note?: boolean;
  replyToId?: string;
  buttons?: { label: string; value?: string; url?: string }[];
  /** Sent at this instant, in the writer's name; until then `GET /conversations/:id/scheduled` lists it. */
  sendAt?: string;
}
/** What the reader has written in a talk and not sent. */
export interface DraftView {
  conversationId: string;
  /** Empty: there is none any more. */
  text: string;
  note: boolean;
  updatedAt: string;
}
/** A part of the company. */
export interface DepartmentView {
  id: string;
  name: string;
}
/** A text that is used again and again. */
export interface CannedAnswerView {
  id: string;
  /** What people type. */
  shortcut: string;
  title: string;
  /** With variables: `{{contact.name}}`, `{{contact.firstName}}`, `{{operator.name}}`, `{{line.name}}`, … */
  text: string;
  /** Lines it is for; empty: all. */
  lineIds: string[];
  /** What is done after it was sent; a canned answer with acts is a macro. */
  acts: CannedActsView;
  createdAt: string;
  updatedAt: string;
}
/** What a macro does after its text was sent, in this order; null and empty: nothing. */
export interface CannedActsView {
  tags: string[];
  /** Whom the talk is given to. */
  assignTo: string | null;
  close: { outcome: string | null } | null;
}

// ── CRM ───────────────────────────────────────────────────────────────────────────────────────────────────
export interface IdentityView {
  id: string;
  channelId: string;
  channelType: string;
  channelName: string;
  name: string;
  username: string | null;
  proof: 'provider' | 'signed' | 'claimed';
}
export interface ContactView {
  id: string;
  number: number;
  name: string;
  phones: string[];
  emails: string[];
  language: string | null;
  companyId: string | null;
  ownerId: string | null;
  avatarUrl: string | null;
  identities: IdentityView[];
  note: string;
  createdAt: string;
}
export interface LeadView {
  id: string;
  number: number;
  name: string;
  status: LeadStatus;
  /** `channel`: the kind's type; `channelTitle`: as people call it. */
  source: { channel: string; channelTitle?: string; lineId: string | null };
  contactId: string | null;
  contactName: string | null;
  ownerId: string | null;
  ownerName: string | null;
  conversationId: string | null;
  note: string;
  createdAt: string;
  updatedAt: string;
}
export type LeadStatus = 'new' | 'in work' | 'converted' | 'junk';
export interface DealView {
  id: string;
  number: number;
  title: string;
  pipelineId: string;
  stageId: string;
  stage: string;
  amount: MoneyView;
  contactId: string | null;
  contactName: string | null;
  companyId: string | null;
  ownerId: string | null;
  ownerName: string | null;
  conversationId: string | null;
  state: 'open' | 'won' | 'lost';
  createdAt: string;
  updatedAt: string;
}
export interface PipelineView {
  id: string;
  name: string;
  stages: { id: string; name: string; probability: number }[];
}
export interface TimelineView {
  id: string;
  at: string;
  subject: { kind: string; id: string };
  who: AuthorView;
  /** A sentence. */
  what: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  why: string | null;
}
/** `POST /contacts` (name needed) and `PATCH /contacts/:id`: what is left out stays as it is. */
export interface ContactBody {
  name?: string;
  /** With country code (`+49 30 123456`); the first one is the main one. */
  phones?: string[];
  emails?: string[];
  /** BCP 47. */
  language?: string | null;
  note?: string;
  ownerId?: string | null;
}
/** `POST /leads` (name needed) and `PATCH /leads/:id`. */
export interface LeadBody {
  name?: string;
  status?: LeadStatus;
  ownerId?: string | null;
  note?: string;
  /** Only when it is made. */
  contactId?: string | null;
  /** Only when it is made: the talk it came from; its contact is taken over. */
  conversationId?: string | null;
  /** Why it changes: kept in the timeline. */
  why?: string;
}
/** `POST /deals` (title needed) and `PATCH /deals/:id`. */
export interface DealBody {
  title?: string;
  amount?: MoneyView;
  /** Default: the first pipeline, its first stage. */
  pipelineId?: string;
  stageId?: string;
  state?: 'open' | 'won' | 'lost';
  contactId?: string | null;
  ownerId?: string | null;
  /** Only when it is made: the talk it came from; its contact is taken over. */
  conversationId?: string | null;
  /** Why it changes: kept in the timeline. */
  why?: string;
}
/** `GET /search?q=`. */
export interface SearchView {
  contacts: ContactView[];
  leads: LeadView[];
  deals: DealView[];
}

// ── commands ──────────────────────────────────────────────────────────────────────────────────────────────
export interface CommandView {
  name: string;
  summary: string;
  usage: string;
  examples: string[];
}
/** `POST /commands`. */
export interface CommandBody {
  text: string;
  /** The talk it is typed in. */
  conversationId?: string;
  /** Made by the client; a command that sends, sent twice with it, is one message. */
  clientId?: string;
  /** The last seq the writer saw; as in `SendBody`. */
  seenSeq?: number;
}
export interface CommandAnswer {
  card: Card;
  text: string;
}

// ── operations ────────────────────────────────────────────────────────────────────────────────────────────
export interface DeliveryView {
  /** Id of the message. */
  id: string;
  conversationId: string;
  channelId: string;
  contactName: string;
  text: string;
  state: DeliveryState;
  detail: string;
  attempts: number;
  nextAt: string | null;
  at: string;
  log: { at: string; status: string; detail: string }[];
}
export interface QuarantineView {
  id: string;
  channelId: string | null;
  channelType: string;
  reason: string;
  at: string;
  state: 'held' | 'replayed' | 'dismissed';
  /** First 4,000 characters of the raw bytes, read as UTF-8. */
  raw: string;
  size: number;
}
/** An item that was tried again. */
export interface ReplayedView extends QuarantineView {
  /** Events of it that were new, and that were there already. */
  accepted: number;
  duplicates: number;
}
export interface WebhookView {
  id: string;
  url: string;
  /** Which events; empty: all. */
  events: string[];
  active: boolean;
  createdAt: string;
  /** Only in the answer that creates it. */
  secret?: string;
  lastStatus: string | null;
}
export interface WebhookDeliveryView {
  id: string;
  event: string;
  state: 'queued' | 'sent' | 'failed';
  attempts: number;
  status: number | null;
  detail: string;
  at: string;
  nextAt: string | null;
}
export interface AuditView {
  id: string;
  at: string;
  who: AuthorView;
  act: string;
  detail: string;
  address: string | null;
}

// ── live, socket.io namespace /staff ──────────────────────────────────────────────────────────────────────
export interface ResumeRequest {
  conversationId: string;
  /** The last seq the client holds. */
  afterSeq: number;
  /** Server time of the last event seen, to learn what changed in messages already held. */
  since?: string;
}
export interface ResumeAnswer {
  conversationId: string;
  /** Messages afterSeq+1, afterSeq+2, … in order; at most 200: ask again while `more`. */
  items: MessageView[];
  more: boolean;
  /** Older messages that changed after `since`. */
  changed: MessageView[];
  conversation: ConversationView;
  /** Server time: the next `since`. */
  at: string;
}
/** Somebody who has a talk before them. */
export interface ViewerView {
  id: string;
  name: string;
  /** Joined silently: only those who look after others are told. */
  silent?: boolean;
}
/** Server to operator. */
export interface StaffEvents {
  message(event: { conversationId: string; seq: number; message: MessageView; at: string }): void;
  messageChanged(event: {
    conversationId: string;
    seq: number;
    message: MessageView;
    at: string;
  }): void;
  conversation(event: { conversation: ConversationView; seq: number; at: string }): void;
  /** No longer visible to this reader. */
  conversationGone(event: { conversationId: string; seq: number }): void;
  typing(event: {
    conversationId: string;
    seq: number;
    who: AuthorView;
    on: boolean;
    /** An internal note. */
    note?: boolean;
  }): void;
  /**
   * Who has these talks before them now; in a talk that is not named nothing has changed. `all`: the first one after
   * connecting; nobody looks at any other talk.
   */
  viewers(event: {
    talks: { conversationId: string; viewers: ViewerView[] }[];
    all?: boolean;
  }): void;
  presence(event: {
    userId: string;
    state: PresenceState;
    load: number;
    away?: AwayView | null;
  }): void;
  channel(event: { channel: ChannelView }): void;
  /** The reader's own, changed on one of their devices. */
  draft(event: DraftView): void;
  /** Records of the CRM were made or changed; what of them the reader may see, REST says. */
  crm(event: { changes: { kind: 'contact' | 'lead' | 'deal'; id: string }[] }): void;
  /** Something to tell this person. */
  notice(event: {
    tone: 'plain' | 'good' | 'warn' | 'bad';
    title: string;
    text: string;
    conversationId?: string;
  }): void;
}
/** Operator to server; every call is answered. */
export interface StaffCalls {
  /** Begin to receive this talk's messages. Answer as to `resume`. */
  watch(request: ResumeRequest, answer: (reply: ResumeAnswer | ErrorBody) => void): void;
  unwatch(request: { conversationId: string }): void;
  resume(request: ResumeRequest, answer: (reply: ResumeAnswer | ErrorBody) => void): void;
  /** `note`: the customer is not shown it. */
  typing(request: { conversationId: string; on: boolean; note?: boolean }): void;
  /** Its person touched this device. */
  active(): void;
  /**
   * Whether the page is before its person's eyes: on the screen, and the window they use. `shown`: on the screen at all;
   * a page that is not does not count among a talk's viewers. Left out: it is.
   */
  looking(request: { on: boolean; shown?: boolean }): void;
}
/** What a device says of itself when it connects: `auth.device`. Without it, a link says nothing of presence. */
export interface DeviceHello {
  /** Made once by the device: letters, digits, `-` and `_`, 16 to 64. */
  key: string;
  kind: DeviceKind;
  name: string;
}

// ── live, visitors: JSON frames on the WebSocket /visitor, or POST /visitor/poll with the same frames ─────
export interface VisitorMessage {
  id: string;
  seq: number;
  from: 'visitor' | 'operator' | 'system';
  name: string;
  text: string;
  marks?: Mark[];
  files: FileView[];
  buttons: { label: string; token?: string; url?: string }[];
  at: string;
  clientId: string | null;
  removed: boolean;
  reactions: string[];
  /** For the visitor's own: whether an operator has seen it. For others: whether the visitor has. */
  read: boolean;
  /** What it answers; null: nothing in particular. */
  replyTo: { id: string | null; text: string; author: string } | null;
  edited: boolean;
}

import { Schema } from 'mongoose';
import {
  actor,
  flag,
  listOf,
  maybeOpen,
  maybeReference,
  maybeText,
  maybeTime,
  number,
  oneOf,
  open,
  part,
  reference,
  table,
  text,
  time,
} from './fields.ts';

const session = {
  number,
  state: oneOf('waiting', 'open', 'closed'),
  openedAt: time,
  waitingSince: maybeTime,
  ownerId: maybeReference,
  ownedAt: maybeTime,
  tried: listOf(reference),
  rounds: number,
  place: maybeText,
  offer: maybeOpen,
  /** Absent while nothing is to be done: its index then has few talks. */
  timer: { type: part({ kind: oneOf('offer', 'answer', 'rest', 'snooze'), at: time }) },
  snoozedUntil: maybeTime,
  awaitsAnswer: flag,
  answeredAt: { type: Date },
  guests: listOf(reference),
  watchers: listOf(reference),
  alerted: listOf(text),
  why: maybeText,
  /** Absent, not null, until it happened: `$min` then keeps the first. */
  firstAnswerAt: { type: Date },
  closedAt: maybeTime,
  closedBy: maybeText,
  outcome: maybeText,
  flow: { type: Schema.Types.Mixed },
  targets: { type: Schema.Types.Mixed },
  rating: { type: Schema.Types.Mixed },
  consent: { type: Schema.Types.Mixed },
  /** Absent unless it was sent to a role: its index then has few talks. */
  role: { type: part({ id: text, name: text }) },
};

export const conversations = table({
  accountId: reference,
  channelType: text,
  chat: text,
  lineId: reference,
  contactId: reference,
  contactName: text,
  leadId: maybeReference,
  seq: number,
  rev: number,
  session: part({ id: reference, ...session }),
  lastMessage: {
    type: part({ text, at: time, direction: text, author: { type: actor } }),
    default: null,
  },
  unread: number,
  lastCustomerAt: maybeTime,
  blocked: flag,
  lastOwnerId: maybeReference,
  tags: listOf(text),
  pinnedBy: listOf(reference),
  origin: maybeOpen,
  /** Absent while it is no duplicate: its index then has few talks. */
  merged: { type: part({ into: reference, at: time, by: open }) },
  /** Absent until there is something: its index has those talks that a crash left something in. */
  unwritten: {
    type: [
      part({ id: text, at: time, sessionId: text, change: maybeOpen, decisions: listOf(open) }),
    ],
    default: undefined,
  },
  createdAt: time,
  activeAt: time,
  searchKeys: listOf(text),
});
conversations.index({ accountId: 1, chat: 1 }, { name: 'conversation_chat', unique: true });
conversations.index({ 'session.state': 1, activeAt: -1, _id: -1 }, { name: 'conversation_state' });
conversations.index(
  { lineId: 1, 'session.state': 1, activeAt: -1, _id: -1 },
  { name: 'conversation_line' },
);
conversations.index(
  { 'session.ownerId': 1, 'session.state': 1, activeAt: -1, _id: -1 },
  { name: 'conversation_owner' },
);
conversations.index(
  { accountId: 1, 'session.state': 1, activeAt: -1, _id: -1 },
  { name: 'conversation_account' },
);
conversations.index(
  { tags: 1, 'session.state': 1, activeAt: -1, _id: -1 },
  // Only of those that have tags: every message of any other talk would write to it.
  { name: 'conversation_tag', partialFilterExpression: { 'tags.0': { $exists: true } } },
);
conversations.index({ contactId: 1 }, { name: 'conversation_contact' });
conversations.index({ searchKeys: 1 }, { name: 'conversation_search' });
conversations.index(
  { lineId: 1, 'session.state': 1, 'session.waitingSince': 1, _id: 1 },
  {
    name: 'conversation_waiting',
    partialFilterExpression: { 'session.state': 'waiting' },
  },
);
conversations.index(
  { lineId: 1, 'session.place': 1, 'session.waitingSince': 1, _id: 1 },
  {
    name: 'conversation_queue',
    partialFilterExpression: { 'session.state': 'waiting' },
  },
);
conversations.index(
  { 'session.state': 1, lineId: 1, 'session.waitingSince': 1 },
  { name: 'conversation_role', partialFilterExpression: { 'session.role': { $exists: true } } },
);
conversations.index({ 'session.timer.at': 1 }, { name: 'conversation_timer', sparse: true });
conversations.index(
  { 'session.offer.operatorId': 1 },
  { name: 'conversation_offer', sparse: true },
);
conversations.index(
  { 'merged.into': 1, _id: 1 },
  {
    name: 'conversation_merged',
    partialFilterExpression: { 'merged.into': { $exists: true } },
  },
);
conversations.index(
  { 'unwritten.at': 1 },
  {
    name: 'conversation_unwritten',
    partialFilterExpression: { 'unwritten.0': { $exists: true } },
  },
);
conversations.index(
  { 'session.guests': 1, 'session.state': 1, activeAt: -1, _id: -1 },
  { name: 'conversation_guest' },
);
conversations.index(
  { 'session.flow.wakeAt': 1 },
  {
    name: 'conversation_flow',
    partialFilterExpression: { 'session.flow.wakeAt': { $exists: true } },
  },
);
conversations.index(
  { 'session.targets.wakeAt': 1 },
  {
    name: 'conversation_target',
    partialFilterExpression: { 'session.targets.wakeAt': { $exists: true } },
  },
);

export const sessions = table({
  ...session,
  conversationId: reference,
  lineId: reference,
  accountId: reference,
  scores: listOf(open),
});
sessions.index({ conversationId: 1, number: 1 }, { name: 'session_conversation' });
sessions.index({ lineId: 1, closedAt: 1 }, { name: 'session_line' });

/** `_id`: the operator's. */
export const seats = table({
  rev: number,
  holds: listOf(part({ id: text, conversationId: reference, lineId: reference, until: time })),
});

export const decisions = table({
  at: time,
  conversationId: reference,
  sessionId: reference,
  act: oneOf('assign', 'offer', 'wait', 'skip'),
  operatorId: maybeReference,
  why: text,
  /** By reason: a line may have hundreds of operators, and few reasons. */
  excluded: listOf(part({ why: text, operatorIds: listOf(reference) })),
});
decisions.index({ conversationId: 1, _id: -1 }, { name: 'decision_conversation' });
decisions.index({ sessionId: 1, _id: -1 }, { name: 'decision_session' });

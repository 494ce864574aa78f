import {
  actor,
  bytes,
  listOf,
  maybeNumber,
  maybeOpen,
  maybeReference,
  maybeText,
  maybeTime,
  number,
  oneOf,
  open,
  reference,
  table,
  text,
  time,
} from './fields.ts';

const MONTH_S = 30 * 24 * 3600;

export const messages = table({
  conversationId: reference,
  accountId: reference,
  sessionId: reference,
  seq: number,
  direction: oneOf('in', 'out', 'note', 'event'),
  text,
  marks: listOf(open),
  parts: listOf(open),
  author: { type: actor, required: true },
  at: time,
  key: text,
  clientId: maybeText,
  externalIds: listOf(text),
  replyTo: maybeOpen,
  albumId: maybeText,
  forwardedFrom: maybeText,
  edits: listOf(open),
  removedAt: maybeTime,
  reactions: listOf(open),
  event: maybeOpen,
  mentions: { type: [reference], default: undefined },
  buttons: listOf(open),
  delivery: maybeOpen,
  changedAt: time,
  /** There while its delivery is unfinished. */
  pending: { type: Boolean },
  /** There once it changed after it was appended. */
  changed: { type: Boolean },
});
messages.index({ conversationId: 1, seq: 1 }, { name: 'message_seq', unique: true });
messages.index({ conversationId: 1, key: 1 }, { name: 'message_key', unique: true });
messages.index({ conversationId: 1, externalIds: 1 }, { name: 'message_external' });
messages.index(
  { conversationId: 1, changedAt: 1 },
  { name: 'message_changed', partialFilterExpression: { changed: true } },
);
messages.index(
  { changedAt: 1 },
  { name: 'message_changes', partialFilterExpression: { changed: true } },
);
messages.index(
  { conversationId: 1, seq: 1 },
  { name: 'outbox_next', partialFilterExpression: { pending: true } },
);
messages.index(
  { 'delivery.state': 1, 'delivery.nextAt': 1 },
  { name: 'outbox_due', partialFilterExpression: { pending: true } },
);
messages.index(
  { 'delivery.state': 1, 'delivery.leaseUntil': 1 },
  { name: 'outbox_lease', partialFilterExpression: { pending: true } },
);
messages.index(
  { 'delivery.state': 1, _id: -1 },
  { name: 'outbox_list', partialFilterExpression: { direction: 'out' } },
);

export const files = table({
  name: text,
  mime: text,
  size: maybeNumber,
  width: maybeNumber,
  height: maybeNumber,
  durationMs: maybeNumber,
  state: oneOf('pending', 'ready', 'failed'),
  detail: text,
  storageKey: maybeText,
  source: maybeOpen,
  conversationId: maybeReference,
  messageId: maybeReference,
  uploadedBy: maybeReference,
  attempts: number,
  nextAt: time,
  leaseUntil: maybeTime,
  createdAt: time,
});
files.index({ nextAt: 1 }, { name: 'file_due', partialFilterExpression: { state: 'pending' } });

export const inboundEvents = table({
  accountId: reference,
  event: open,
  raw: { type: Buffer },
  receivedAt: time,
  attempts: number,
  appliedAt: { type: Date },
  /** There until it is applied or in quarantine. */
  open: { type: Boolean },
});
inboundEvents.index({ accountId: 1, 'event.id': 1 }, { name: 'inbound_event', unique: true });
inboundEvents.index(
  { receivedAt: 1, _id: 1 },
  { name: 'inbound_open', partialFilterExpression: { open: true } },
);
inboundEvents.index({ appliedAt: 1 }, { name: 'inbound_expiry', expireAfterSeconds: MONTH_S });

export const quarantine = table({
  accountId: maybeReference,
  channelType: text,
  reason: text,
  at: time,
  state: oneOf('held', 'replayed', 'dismissed'),
  raw: bytes,
  request: maybeOpen,
  event: maybeOpen,
});
quarantine.index({ state: 1, _id: -1 }, { name: 'quarantine_state' });

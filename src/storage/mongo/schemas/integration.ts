import {
  actor,
  flag,
  listOf,
  maybeNumber,
  maybeOpen,
  maybeText,
  maybeTime,
  number,
  oneOf,
  reference,
  table,
  text,
  time,
} from './fields.ts';

const DAY_S = 24 * 3600;

export const webhookTargets = table({
  url: text,
  events: listOf(text),
  secret: text,
  active: flag,
  since: time,
  createdAt: time,
  lastStatus: maybeText,
});

export const webhookCalls = table({
  targetId: reference,
  event: text,
  key: { type: String },
  body: text,
  state: oneOf('queued', 'sent', 'failed'),
  attempts: number,
  status: maybeNumber,
  detail: text,
  createdAt: time,
  nextAt: time,
  leaseUntil: maybeTime,
});
webhookCalls.index(
  { nextAt: 1 },
  { name: 'call_due', partialFilterExpression: { state: 'queued' } },
);
webhookCalls.index({ targetId: 1, _id: -1 }, { name: 'call_target' });
webhookCalls.index(
  { targetId: 1, key: 1 },
  { name: 'call_key', unique: true, partialFilterExpression: { key: { $exists: true } } },
);

export const settings = table({
  _id: text,
  companyName: text,
  timeZone: text,
  currency: text,
  language: text,
});

export const audit = table({
  at: time,
  who: { type: actor, required: true },
  act: text,
  detail: text,
  address: maybeText,
});

export const visitors = table({
  _id: text,
  accountId: reference,
  keyHash: text,
  name: maybeText,
  email: maybeText,
  phone: maybeText,
  language: maybeText,
  proof: oneOf('signed', 'claimed'),
  consent: maybeOpen,
  createdAt: time,
  expiresAt: time,
});
visitors.index({ keyHash: 1 }, { name: 'visitor_key', unique: true });
visitors.index({ expiresAt: 1 }, { name: 'visitor_expiry', expireAfterSeconds: 0 });

export const buttonTokens = table({
  _id: text,
  conversationId: reference,
  messageId: reference,
  label: text,
  value: text,
  createdAt: time,
});
buttonTokens.index({ createdAt: 1 }, { name: 'button_expiry', expireAfterSeconds: 180 * DAY_S });

export const counters = table({ kind: text, last: number });
counters.index({ kind: 1 }, { name: 'counter_kind', unique: true });

/** Which migrations ran, and the lock under which they run. */
export const migrations = table({
  _id: text,
  at: time,
  until: { type: Date },
  by: { type: String },
});

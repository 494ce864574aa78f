import { flag, listOf, maybeTime, oneOf, open, reference, table, text, time } from './fields.ts';

export const scheduledSends = table({
  conversationId: reference,
  authorId: reference,
  clientId: text,
  body: open,
  sendAt: time,
  state: oneOf('queued', 'sent', 'failed', 'canceled'),
  detail: text,
  leaseUntil: maybeTime,
  createdAt: time,
  /** There while it is to be sent. */
  open: { type: Boolean },
});
scheduledSends.index(
  { conversationId: 1, clientId: 1 },
  { name: 'scheduled_client', unique: true },
);
scheduledSends.index({ conversationId: 1, state: 1, sendAt: 1 }, { name: 'scheduled_talk' });
scheduledSends.index(
  { sendAt: 1 },
  { name: 'scheduled_due', partialFilterExpression: { open: true } },
);

export const cannedAnswers = table({
  shortcut: text,
  title: text,
  text,
  lineIds: listOf(reference),
  acts: open,
  createdAt: time,
  updatedAt: time,
});
cannedAnswers.index({ shortcut: 1 }, { name: 'canned_shortcut', unique: true });

const DAYS_90_S = 90 * 24 * 3600;

export const drafts = table({
  userId: reference,
  conversationId: reference,
  text,
  note: flag,
  updatedAt: time,
});
drafts.index({ userId: 1, conversationId: 1 }, { name: 'draft_talk', unique: true });
drafts.index({ userId: 1, updatedAt: -1 }, { name: 'draft_user' });
drafts.index({ updatedAt: 1 }, { name: 'draft_expiry', expireAfterSeconds: DAYS_90_S });

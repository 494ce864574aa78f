import { Schema } from 'mongoose';
import {
  flag,
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

export const lines = table({
  key: text,
  name: text,
  queue: text,
  members: listOf(reference),
  timeZone: text,
  hours: open,
  holidays: listOf(text),
  offHours: open,
  offerSeconds: number,
  maxTalksPerOperator: maybeNumber,
  autoLead: flag,
  priority: number,
  assign: { type: String, enum: ['direct', 'offer'], default: 'direct' },
  counts: { type: String, enum: ['all', 'awaiting'], default: 'all' },
  ownerFollows: { type: Boolean, default: false },
  sticky: { type: String, enum: ['none', 'last', 'owner'], default: 'none' },
  exceptions: { type: Schema.Types.Mixed, default: {} },
  calendar: maybeOpen,
  flows: listOf(open),
  targets: maybeOpen,
  autoCloseMinutes: maybeNumber,
  signature: { type: Schema.Types.Mixed, default: { on: false, text: '' } },
  createdAt: time,
  archivedAt: maybeTime,
});
lines.index({ key: 1 }, { name: 'line_key', unique: true });
lines.index({ archivedAt: 1, name: 1 }, { name: 'line_name' });
lines.index({ members: 1 }, { name: 'line_member' });
lines.index(
  { 'calendar.nextAt': 1 },
  { name: 'line_calendar', partialFilterExpression: { 'calendar.nextAt': { $exists: true } } },
);

export const turns = table({ lineId: reference, operatorId: reference, at: time });
turns.index({ lineId: 1, operatorId: 1 }, { name: 'turn_operator', unique: true });

export const accounts = table({
  type: text,
  name: text,
  lineId: maybeReference,
  role: oneOf('line', 'desk'),
  config: open,
  status: text,
  detail: text,
  stopped: flag,
  cursor: maybeText,
  lastEventAt: maybeTime,
  createdAt: time,
  revision: number,
});
accounts.index({ lineId: 1 }, { name: 'account_line' });

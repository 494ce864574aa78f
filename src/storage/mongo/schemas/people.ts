import { Schema } from 'mongoose';
import {
  flag,
  listOf,
  maybeNumber,
  maybeOpen,
  maybeReference,
  maybeTime,
  number,
  oneOf,
  open,
  reference,
  table,
  text,
  time,
} from './fields.ts';

export const users = table({
  name: text,
  nameFolded: text,
  email: text,
  handle: text,
  passwordHash: text,
  role: text,
  departmentId: maybeReference,
  timeZone: text,
  active: flag,
  maxTalks: maybeNumber,
  presence: oneOf('online', 'break', 'offline'),
  presenceAt: time,
  hours: { type: Schema.Types.Mixed, default: {} },
  absences: listOf(open),
  workUntil: maybeTime,
  reachableByPhone: { type: Boolean, default: false },
  away: maybeOpen,
  reckoned: { type: Number, default: 0 },
  lookAt: { type: Date },
  createdAt: time,
  searchKeys: listOf(text),
});
users.index({ email: 1 }, { name: 'user_email', unique: true });
users.index({ handle: 1 }, { name: 'user_handle', unique: true });
users.index({ role: 1, active: 1 }, { name: 'user_role' });
users.index({ nameFolded: 1, _id: 1 }, { name: 'user_name' });
users.index({ searchKeys: 1 }, { name: 'user_search' });
users.index({ departmentId: 1 }, { name: 'user_department' });
users.index({ presence: 1 }, { name: 'user_presence' });
users.index(
  { lookAt: 1 },
  { name: 'user_look', partialFilterExpression: { lookAt: { $exists: true } } },
);

export const devices = table({
  userId: reference,
  key: text,
  kind: oneOf('browser', 'phone'),
  name: text,
  signInId: maybeReference,
  createdAt: time,
  seenAt: time,
  activeAt: time,
  live: flag,
  met: flag,
  push: maybeOpen,
});
devices.index({ userId: 1, key: 1 }, { name: 'device_key', unique: true });
devices.index({ live: 1, seenAt: 1 }, { name: 'device_live' });
devices.index(
  { 'push.endpoint': 1 },
  { name: 'device_push', partialFilterExpression: { 'push.endpoint': { $exists: true } } },
);
// A device that nobody has opened for half a year is forgotten.
devices.index({ seenAt: 1 }, { name: 'device_expiry', expireAfterSeconds: 182 * 24 * 3600 });

export const signIns = table({
  keyHash: text,
  userId: reference,
  csrf: text,
  createdAt: time,
  seenAt: time,
  expiresAt: time,
  agent: text,
});
signIns.index({ keyHash: 1 }, { name: 'sign_in_key', unique: true });
signIns.index({ userId: 1 }, { name: 'sign_in_user' });
signIns.index({ expiresAt: 1 }, { name: 'sign_in_expiry', expireAfterSeconds: 0 });

export const tokens = table({
  keyHash: text,
  userId: reference,
  name: text,
  createdAt: time,
  lastUsedAt: maybeTime,
});
tokens.index({ keyHash: 1 }, { name: 'token_key', unique: true });
tokens.index({ userId: 1 }, { name: 'token_user' });

export const departments = table({ name: text, nameFolded: text, createdAt: time });
departments.index({ nameFolded: 1 }, { name: 'department_name', unique: true });

export const roles = table({ name: text, grants: open });

export const throttles = table({ key: text, count: number, expiresAt: time });
throttles.index({ key: 1 }, { name: 'throttle_key', unique: true });
throttles.index({ expiresAt: 1 }, { name: 'throttle_expiry', expireAfterSeconds: 0 });

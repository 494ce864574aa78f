/**
 * What a person may do. A grant says how far: to what is theirs, to their department's, to all.
 * Checked in the use cases, so the web, REST and chat give the same answer.
 */
export const RIGHTS = [
  'talk.read',
  'talk.reply',
  'talk.take',
  'talk.assign',
  'talk.close',
  'talk.intercept',
  'talk.score',
  'contact.read',
  'contact.change',
  'lead.read',
  'lead.change',
  'deal.read',
  'deal.change',
  'line.read',
  'line.change',
  'flow.read',
  'flow.change',
  'canned.change',
  'channel.change',
  'user.read',
  'user.change',
  'delivery.read',
  'delivery.resend',
  'quarantine.read',
  'quarantine.replay',
  'audit.read',
  'settings.change',
  'webhook.change',
  'metrics.read',
] as const;

export type Right = (typeof RIGHTS)[number];
/** How far a right reaches. */
export type Reach = 'own' | 'department' | 'all';
export type Grants = Partial<Record<Right, Reach>>;

/** The roles that exist without being made. */
export type BuiltInRole = 'administrator' | 'supervisor' | 'operator';

import {
  actor,
  listOf,
  maybeOpen,
  maybeReference,
  maybeText,
  number,
  oneOf,
  open,
  reference,
  part,
  table,
  text,
  time,
} from './fields.ts';

export const contacts = table({
  number,
  name: text,
  phones: listOf(text),
  emails: listOf(text),
  language: maybeText,
  companyId: maybeReference,
  ownerId: maybeReference,
  avatarId: maybeReference,
  note: text,
  createdAt: time,
  searchKeys: listOf(text),
});
contacts.index({ number: 1 }, { name: 'contact_number', unique: true });
contacts.index({ ownerId: 1, _id: -1 }, { name: 'contact_owner' });
contacts.index({ searchKeys: 1 }, { name: 'contact_search' });

export const identities = table({
  accountId: reference,
  channelType: text,
  externalId: text,
  contactId: reference,
  name: text,
  username: maybeText,
  proof: oneOf('provider', 'signed', 'claimed'),
  createdAt: time,
});
identities.index({ accountId: 1, externalId: 1 }, { name: 'identity_external', unique: true });
identities.index({ contactId: 1 }, { name: 'identity_contact' });

export const leads = table({
  number,
  name: text,
  status: oneOf('new', 'in work', 'converted', 'junk'),
  source: open,
  contactId: maybeReference,
  ownerId: maybeReference,
  conversationId: maybeReference,
  note: text,
  createdAt: time,
  updatedAt: time,
  /** There while the lead of a contact is open: one per contact. */
  open: { type: Boolean },
  searchKeys: listOf(text),
});
leads.index({ number: 1 }, { name: 'lead_number', unique: true });
leads.index(
  { contactId: 1 },
  { name: 'lead_open', unique: true, partialFilterExpression: { open: true } },
);
leads.index({ contactId: 1, _id: -1 }, { name: 'lead_contact' });
leads.index({ status: 1, _id: -1 }, { name: 'lead_status' });
leads.index({ ownerId: 1, _id: -1 }, { name: 'lead_owner' });
leads.index({ searchKeys: 1 }, { name: 'lead_search' });

export const pipelines = table({
  name: text,
  stages: listOf(part({ id: text, name: text, probability: number })),
  createdAt: time,
});

export const deals = table({
  number,
  title: text,
  pipelineId: reference,
  stageId: text,
  amount: { type: part({ minor: number, currency: text }), required: true },
  contactId: maybeReference,
  companyId: maybeReference,
  ownerId: maybeReference,
  conversationId: maybeReference,
  state: oneOf('open', 'won', 'lost'),
  createdAt: time,
  updatedAt: time,
  searchKeys: listOf(text),
});
deals.index({ number: 1 }, { name: 'deal_number', unique: true });
deals.index({ state: 1, _id: -1 }, { name: 'deal_state' });
deals.index({ stageId: 1, _id: -1 }, { name: 'deal_stage' });
deals.index({ ownerId: 1, _id: -1 }, { name: 'deal_owner' });
deals.index({ contactId: 1, _id: -1 }, { name: 'deal_contact' });
deals.index({ searchKeys: 1 }, { name: 'deal_search' });

export const timeline = table({
  at: time,
  subject: {
    type: part({ kind: oneOf('session', 'conversation', 'lead', 'contact', 'deal'), id: text }),
    required: true,
  },
  who: { type: actor, required: true },
  what: text,
  before: maybeOpen,
  after: maybeOpen,
  why: maybeText,
});
timeline.index(
  { 'subject.kind': 1, 'subject.id': 1, at: -1, _id: -1 },
  { name: 'timeline_subject' },
);

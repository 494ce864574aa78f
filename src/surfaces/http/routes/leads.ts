import { z } from 'zod';
import { changeLead } from '../../../desk/crm/change-lead.ts';
import { createLead } from '../../../desk/crm/create-lead.ts';
import { listLeads } from '../../../desk/crm/list-leads.ts';
import { readLead } from '../../../desk/crm/read-lead.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, idText, pageFields, pageOf, sortField } from '../endpoint/query.ts';
import { ownerFields, ownersOf } from './owner-filter.ts';

const status = z.enum(
  ['new', 'in work', 'converted', 'junk'],
  'Give new, in work, converted or junk.',
);
const listQuery = z.strictObject({
  ...pageFields,
  sort: sortField('createdAt'),
  q: z.string().max(200).optional(),
  filter: z
    .strictObject({
      status: status.optional(),
      ...ownerFields,
      contact: idText.optional(),
    })
    .optional(),
});
const leadChange = z.strictObject({
  name: z.string().optional(),
  status: status.optional(),
  ownerId: idText.nullable().optional(),
  note: z.string().optional(),
  why: z.string().max(1000).optional(),
});
const newLead = leadChange.required({ name: true }).extend({
  contactId: idText.nullable().optional(),
  conversationId: idText.nullable().optional(),
});

/** People who may become customers. */
export const leadRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/leads',
    tag: 'crm',
    summary: 'Lists leads, newest first',
    query: listQuery,
    answer: '[LeadView]',
    handle: ({ desk, who, query: { q, filter, ...page } }) =>
      listLeads(
        desk,
        who,
        {
          ...(q ? { q } : {}),
          ...(filter?.status ? { status: filter.status } : {}),
          ...(filter?.contact ? { contactId: filter.contact } : {}),
          ...ownersOf(who, filter),
        },
        pageOf(page),
      ),
  });
  api.add({
    method: 'POST',
    path: '/leads',
    tag: 'crm',
    summary: 'Makes a lead',
    description:
      'A contact has one open lead (new, in work): a second one is refused as `duplicate`.',
    body: newLead,
    status: 201,
    answer: 'LeadView',
    handle: ({ desk, who, body }) => createLead(desk, who, body),
  });
  api.add({
    method: 'GET',
    path: '/leads/:id',
    tag: 'crm',
    summary: 'Shows one lead',
    params: idParams,
    answer: 'LeadView',
    handle: ({ desk, who, params }) => readLead(desk, who, params.id),
  });
  api.add({
    method: 'PATCH',
    path: '/leads/:id',
    tag: 'crm',
    summary: 'Changes a lead',
    description: 'The change goes into the timeline with `why`.',
    params: idParams,
    body: leadChange,
    answer: 'LeadView',
    handle: ({ desk, who, params, body }) => changeLead(desk, who, params.id, body),
  });
};

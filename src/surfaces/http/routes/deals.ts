import { z } from 'zod';
import { changeDeal } from '../../../desk/crm/change-deal.ts';
import { createDeal } from '../../../desk/crm/create-deal.ts';
import { listDeals } from '../../../desk/crm/list-deals.ts';
import { listPipelines } from '../../../desk/crm/list-pipelines.ts';
import { readDeal } from '../../../desk/crm/read-deal.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import {
  idParams,
  idText,
  pageFields,
  pageOf,
  pageOfAll,
  sortField,
  wholeQuery,
} from '../endpoint/query.ts';
import { ownerFields, ownersOf } from './owner-filter.ts';

const state = z.enum(['open', 'won', 'lost'], 'Give open, won or lost.');
const stageId = z.string().min(1).max(64);
const listQuery = z.strictObject({
  ...pageFields,
  sort: sortField('createdAt'),
  q: z.string().max(200).optional(),
  filter: z
    .strictObject({
      state: state.optional(),
      ...ownerFields,
      contact: idText.optional(),
      stage: stageId.optional(),
    })
    .optional(),
});
const dealChange = z.strictObject({
  title: z.string().optional(),
  amount: z.strictObject({ amount: z.string().max(40), currency: z.string().max(3) }).optional(),
  pipelineId: idText.optional(),
  stageId: stageId.optional(),
  state: state.optional(),
  contactId: idText.nullable().optional(),
  ownerId: idText.nullable().optional(),
  why: z.string().max(1000).optional(),
});
const newDeal = dealChange
  .required({ title: true })
  .extend({ conversationId: idText.nullable().optional() });

/** Deals and the pipelines they move through. */
export const dealRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/deals',
    tag: 'crm',
    summary: 'Lists deals, newest first',
    query: listQuery,
    answer: '[DealView]',
    handle: ({ desk, who, query: { q, filter, ...page } }) =>
      listDeals(
        desk,
        who,
        {
          ...(q ? { q } : {}),
          ...(filter?.state ? { state: filter.state } : {}),
          ...(filter?.contact ? { contactId: filter.contact } : {}),
          ...(filter?.stage ? { stageId: filter.stage } : {}),
          ...ownersOf(who, filter),
        },
        pageOf(page),
      ),
  });
  api.add({
    method: 'POST',
    path: '/deals',
    tag: 'crm',
    summary: 'Makes a deal',
    description:
      'Amounts are decimal text, e.g. `"5000.00"`. Without a stage, the first of the first pipeline.',
    body: newDeal,
    status: 201,
    answer: 'DealView',
    handle: ({ desk, who, body }) => createDeal(desk, who, body),
  });
  api.add({
    method: 'GET',
    path: '/deals/:id',
    tag: 'crm',
    summary: 'Shows one deal',
    params: idParams,
    answer: 'DealView',
    handle: ({ desk, who, params }) => readDeal(desk, who, params.id),
  });
  api.add({
    method: 'PATCH',
    path: '/deals/:id',
    tag: 'crm',
    summary: 'Changes a deal: stage, amount, owner, won or lost',
    description: 'The change goes into the timeline with `why`.',
    params: idParams,
    body: dealChange,
    answer: 'DealView',
    handle: ({ desk, who, params, body }) => changeDeal(desk, who, params.id, body),
  });
  api.add({
    method: 'GET',
    path: '/pipelines',
    tag: 'crm',
    summary: 'Lists the pipelines with their stages in order',
    query: wholeQuery,
    answer: '[PipelineView]',
    handle: async ({ desk, who, query }) => pageOfAll(await listPipelines(desk, who), query),
  });
};

import type {
  ContactView,
  DealView,
  LeadStatus,
  LeadView,
  MoneyView,
  Page,
  PipelineView,
  SearchView,
} from '../../../src/contract/wire.ts';
import { scopeQuery } from './scope.ts';
import type { Scope } from './scope.ts';
import { call } from './http.ts';

/** What people change on a contact. */
export interface ContactBody {
  name: string;
  phones: string[];
  emails: string[];
  note: string;
  ownerId: string | null;
}

export const listContacts = (q: string, scope: Scope, cursor: string | null) =>
  call<Page<ContactView>>('GET', '/contacts', {
    query: { q, ...scopeQuery(scope), cursor, limit: 50 },
  });
export const readContact = (id: string) => call<ContactView>('GET', `/contacts/${id}`);
export const createContact = (body: Partial<ContactBody>) =>
  call<ContactView>('POST', '/contacts', { body });
export const changeContact = (id: string, body: Partial<ContactBody>) =>
  call<ContactView>('PATCH', `/contacts/${id}`, { body });

export const listLeads = (q: string, status: string, scope: Scope, cursor: string | null) =>
  call<Page<LeadView>>('GET', '/leads', {
    query: { q, 'filter[status]': status, ...scopeQuery(scope), cursor, limit: 50 },
  });
export const readLead = (id: string) => call<LeadView>('GET', `/leads/${id}`);
export const createLead = (body: { name: string; note: string }) =>
  call<LeadView>('POST', '/leads', { body });
export const changeLead = (
  id: string,
  body: { status?: LeadStatus; name?: string; note?: string; ownerId?: string | null },
) => call<LeadView>('PATCH', `/leads/${id}`, { body });

export const listDeals = (q: string, state: string, scope: Scope, cursor: string | null) =>
  call<Page<DealView>>('GET', '/deals', {
    query: { q, 'filter[state]': state, ...scopeQuery(scope), cursor, limit: 50 },
  });
export const listDealsOf = (contactId: string) =>
  call<Page<DealView>>('GET', '/deals', { query: { 'filter[contact]': contactId, limit: 20 } });
export const readDeal = (id: string) => call<DealView>('GET', `/deals/${id}`);
export const createDeal = (body: {
  title: string;
  amount: MoneyView;
  contactId?: string;
  conversationId?: string;
}) => call<DealView>('POST', '/deals', { body });
export const changeDeal = (
  id: string,
  body: {
    title?: string;
    amount?: MoneyView;
    stageId?: string;
    state?: DealView['state'];
    ownerId?: string | null;
  },
) => call<DealView>('PATCH', `/deals/${id}`, { body });
export const listPipelines = () => call<Page<PipelineView>>('GET', '/pipelines');
export const search = (q: string, signal?: AbortSignal) =>
  call<SearchView>('GET', '/search', { query: { q }, ...(signal ? { signal } : {}) });

import { z } from 'zod';
import { changeContact } from '../../../desk/crm/change-contact.ts';
import { createContact } from '../../../desk/crm/create-contact.ts';
import { listContacts } from '../../../desk/crm/list-contacts.ts';
import { readContact } from '../../../desk/crm/read-contact.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, idText, pageFields, pageOf, sortField } from '../endpoint/query.ts';
import { ownerFields, ownersOf } from './owner-filter.ts';

const listQuery = z.strictObject({
  ...pageFields,
  sort: sortField('createdAt'),
  q: z.string().max(200).optional(),
  filter: z.strictObject(ownerFields).optional(),
});
const contactBody = z.strictObject({
  name: z.string().optional(),
  phones: z.array(z.string()).optional(),
  emails: z.array(z.string()).optional(),
  language: z.string().max(35).nullable().optional(),
  note: z.string().optional(),
  ownerId: idText.nullable().optional(),
});

/** People in the CRM. */
export const contactRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/contacts',
    tag: 'crm',
    summary: 'Lists contacts, newest first',
    description:
      '`q`: words of the name by their beginning, digits of a phone, the beginning of an e-mail.',
    query: listQuery,
    answer: '[ContactView]',
    handle: ({ desk, who, query }) =>
      listContacts(
        desk,
        who,
        { ...(query.q ? { q: query.q } : {}), ...ownersOf(who, query.filter) },
        pageOf(query),
      ),
  });
  api.add({
    method: 'POST',
    path: '/contacts',
    tag: 'crm',
    summary: 'Makes a contact',
    description:
      'Phones with country code; a national number is read only when the company’s language names a country.',
    body: contactBody.required({ name: true }),
    status: 201,
    answer: 'ContactView',
    handle: ({ desk, who, body }) => createContact(desk, who, body),
  });
  api.add({
    method: 'GET',
    path: '/contacts/:id',
    tag: 'crm',
    summary: 'Shows one contact',
    params: idParams,
    answer: 'ContactView',
    handle: ({ desk, who, params }) => readContact(desk, who, params.id),
  });
  api.add({
    method: 'PATCH',
    path: '/contacts/:id',
    tag: 'crm',
    summary: 'Changes a contact',
    params: idParams,
    body: contactBody,
    answer: 'ContactView',
    handle: ({ desk, who, params, body }) => changeContact(desk, who, params.id, body),
  });
};

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '../../../../test/harness/app.ts';
import type { TestApp } from '../../../../test/harness/app.ts';
import type {
  CommandAnswer,
  CommandView,
  ContactView,
  DealView,
  ErrorBody,
  LeadView,
  Page,
  PipelineView,
  SearchView,
  TimelineView,
} from '../../../contract/wire.ts';

let app: TestApp;
let operator: string;
beforeAll(async () => {
  app = await startTestApp();
  const ann = {
    name: 'Ann',
    email: 'ann@example.org',
    password: 'a long password',
    role: 'operator',
  };
  await app.call('POST', '/users', ann);
  operator = await app.signIn(ann.email, ann.password);
});
afterAll(() => app.stop());

const refusal = ({ status, body }: { status: number; body: unknown }) => {
  const { code, field } = (body as ErrorBody).error;
  return { status, code, ...(field === undefined ? {} : { field }) };
};

describe('contacts, leads and deals over REST', () => {
  it('are made, read, changed and listed', async () => {
    const contact = await app.call<ContactView>('POST', '/contacts', {
      name: 'Lee',
      phones: ['+4930123456'],
    });
    expect(contact.status).toBe(201);
    const { id: contactId } = contact.body;
    const lead = await app.call<LeadView>('POST', '/leads', { name: 'Lee', contactId });
    const deal = await app.call<DealView>('POST', '/deals', {
      title: 'Roof',
      amount: { amount: '5000', currency: 'EUR' },
      contactId,
    });
    expect([lead.status, deal.status]).toEqual([201, 201]);
    expect(lead.body).toMatchObject({
      source: { channel: 'manual', lineId: null },
      contactName: 'Lee',
    });
    expect(deal.body).toMatchObject({
      stage: 'Qualification',
      amount: { amount: '5000.00', currency: 'EUR' },
    });

    await app.call('PATCH', `/contacts/${contactId}`, { note: 'Likes tea' });
    await app.call('PATCH', `/leads/${lead.body.id}`, { status: 'in work', why: 'Called' });
    await app.call('PATCH', `/deals/${deal.body.id}`, { state: 'won' });
    const read = await Promise.all([
      app.call('GET', `/contacts/${contactId}`),
      app.call('GET', `/leads/${lead.body.id}`),
      app.call('GET', `/deals/${deal.body.id}`),
    ]);
    expect(read.map(({ body }) => body)).toMatchObject([
      { note: 'Likes tea' },
      { status: 'in work' },
      { state: 'won' },
    ]);

    const lists = await Promise.all([
      app.call<Page<ContactView>>('GET', '/contacts?q=lee&filter[owner]=me&limit=5'),
      app.call<Page<LeadView>>(
        'GET',
        `/leads?filter[status]=in%20work&filter[contact]=${contactId}`,
      ),
      app.call<Page<DealView>>(
        'GET',
        `/deals?filter[state]=won&filter[contact]=${contactId}&filter[owner]=me`,
      ),
    ]);
    for (const { status, body } of lists)
      expect({ status, found: body.items.length, nextCursor: body.nextCursor }).toEqual({
        status: 200,
        found: 1,
        nextCursor: null,
      });
    const timeline = await app.call<Page<TimelineView>>(
      'GET',
      `/timeline?filter[kind]=lead&filter[id]=${lead.body.id}`,
    );
    expect(timeline.body.items[0]).toMatchObject({ what: 'Status: new → in work.', why: 'Called' });
    const found = await app.call<SearchView>('GET', '/search?q=lee');
    expect(found.body).toMatchObject({
      contacts: [{ id: contactId }],
      leads: [{ id: lead.body.id }],
      deals: [],
    });
  });

  it('tell an operator no more than their right', async () => {
    const deal = await app.call<DealView>('POST', '/deals', { title: 'Not Ann’s' });
    const path = `/deals/${deal.body.id}`;
    expect(refusal(await app.call('GET', path, undefined, operator))).toEqual({
      status: 403,
      code: 'forbidden',
    });
    expect(refusal(await app.call('PATCH', path, { title: 'x' }, operator))).toMatchObject({
      status: 403,
    });
    const list = await app.call<Page<DealView>>('GET', '/deals', undefined, operator);
    expect(list.body.items).toEqual([]);
    expect(
      (await app.call<Page<PipelineView>>('GET', '/pipelines', undefined, operator)).body.items,
    ).toHaveLength(1);
  });

  it.each([
    ['POST', '/contacts', {}, 400, 'malformed', 'name'],
    ['POST', '/contacts', { name: 'Lee', colour: 'red' }, 400, 'malformed', 'colour'],
    ['POST', '/contacts', { name: 'Lee', phones: ['soon'] }, 422, 'rule_broken', 'phones'],
    ['POST', '/leads', { name: 'Lee', status: 'asleep' }, 400, 'malformed', 'status'],
    ['POST', '/leads', { name: 'Lee', contactId: 'lee' }, 400, 'malformed', 'contactId'],
    [
      'POST',
      '/deals',
      { title: 'x', amount: { amount: 5, currency: 'EUR' } },
      400,
      'malformed',
      'amount.amount',
    ],
    [
      'POST',
      '/deals',
      { title: 'x', amount: { amount: '5', currency: 'EUX' } },
      422,
      'rule_broken',
      'amount',
    ],
    ['GET', '/leads?filter[status]=asleep', undefined, 400, 'malformed', 'filter.status'],
    ['GET', '/contacts?cursor=nonsense', undefined, 400, 'malformed', undefined],
    ['GET', '/timeline', undefined, 400, 'malformed', 'filter'],
    ['GET', '/contacts/lee', undefined, 404, 'not_found', undefined],
    ['GET', `/leads/${'0'.repeat(24)}`, undefined, 404, 'not_found', undefined],
  ] as const)('%s %s %j is refused with %i %s', async (method, path, body, status, code, field) => {
    const { error } = (await app.call<ErrorBody>(method, path, body)).body;
    expect(error).toMatchObject({ code, ...(field === undefined ? {} : { field }) });
    expect((await app.call(method, path, body)).status).toBe(status);
  });
});

describe('commands over REST', () => {
  it('lists what one may use', async () => {
    const { body } = await app.call<Page<CommandView>>('GET', '/commands', undefined, operator);
    expect(body.items.map(({ name }) => name)).toContain('deal new');
  });

  it('answers a card and its text, with 200 for refused ones too', async () => {
    const good = await app.call<CommandAnswer>(
      'POST',
      '/commands',
      { text: '/deal new "Shed" 90 EUR' },
      operator,
    );
    expect(good).toMatchObject({ status: 200, body: { card: { tone: 'good' } } });
    expect(good.body.text).toContain('Shed');
    const bad = await app.call<CommandAnswer>(
      'POST',
      '/commands',
      { text: '/deal new Shed' },
      operator,
    );
    expect(bad).toMatchObject({ status: 200, body: { card: { tone: 'bad' } } });
  });

  it('keeps errors of signing in and of shape as HTTP errors', async () => {
    const anonymous = await fetch(`${app.url}/api/v1/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"text":"/help"}',
    });
    expect(anonymous.status).toBe(401);
    expect((await app.call('POST', '/commands', {})).status).toBe(400);
  });
});

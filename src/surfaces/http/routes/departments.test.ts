import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb, PASSWORD } from '../../../../test/harness/web.ts';

let web: TestWeb;
let admin: TestBrowser;
let operator: TestBrowser;
beforeAll(async () => {
  web = await openTestWeb();
  [admin, operator] = await Promise.all([
    web.browser('Ann', 'administrator'),
    web.browser('Otto', 'operator'),
  ]);
});
afterAll(() => web.close());

const make = async (name: string) => (await admin.call('POST', '/departments', { name })).body;

describe('departments', () => {
  it('are made, listed by name, renamed and removed', async () => {
    const south = await make('South');
    const north = await make('  North ');
    expect(north).toEqual({ id: north.id, name: 'North' });
    expect((await operator.call('GET', '/departments')).body.items).toEqual([north, south]);
    const renamed = await admin.call('PATCH', `/departments/${south.id}`, { name: 'West' });
    expect(renamed.body).toEqual({ id: south.id, name: 'West' });
    expect((await admin.call('DELETE', `/departments/${south.id}`)).status).toBe(204);
    expect((await admin.call('GET', '/departments')).body.items).toEqual([north]);
    expect((await admin.call('DELETE', `/departments/${south.id}`)).status).toBe(404);
  });

  it('have names of their own, whatever the case', async () => {
    await make('Sales');
    const again = await admin.call('POST', '/departments', { name: 'SALES' });
    expect(again.status).toBe(409);
    expect(again.body.error).toMatchObject({ code: 'duplicate', field: 'name' });
    expect((await admin.call('POST', '/departments', { name: ' ' })).status).toBeGreaterThan(399);
  });

  it('stay while people belong to them, and nobody belongs to one that is not there', async () => {
    const { id } = await make('Support');
    const person = { name: 'Pia', email: 'pia@example.org', password: PASSWORD, role: 'operator' };
    const lost = await admin.call('POST', '/users', { ...person, departmentId: 'nowhere' });
    expect(lost.body.error).toMatchObject({ code: 'rule_broken', field: 'departmentId' });
    const pia = await admin.call('POST', '/users', { ...person, departmentId: id });
    expect(pia.body).toMatchObject({ departmentId: id });
    const kept = await admin.call('DELETE', `/departments/${id}`);
    expect(kept.body.error).toMatchObject({ code: 'rule_broken' });
    expect(kept.body.error.message).toContain('People belong to Support');
    const gone = await admin.call('PATCH', `/users/${pia.body.id}`, { departmentId: 'nowhere' });
    expect(gone.body.error).toMatchObject({ field: 'departmentId' });
    await admin.call('PATCH', `/users/${pia.body.id}`, { departmentId: null });
    expect((await admin.call('DELETE', `/departments/${id}`)).status).toBe(204);
  });

  it('are changed by those who may change people', async () => {
    const { id } = await make('Legal');
    expect((await operator.call('POST', '/departments', { name: 'Mine' })).status).toBe(403);
    expect((await operator.call('PATCH', `/departments/${id}`, { name: 'X' })).status).toBe(403);
    expect((await operator.call('DELETE', `/departments/${id}`)).status).toBe(403);
  });

  it('limit lists to what their people have', async () => {
    const { id } = await make('Field');
    const { user } = (await operator.call('GET', '/session')).body;
    await admin.call('PATCH', `/users/${user.id}`, { departmentId: id });
    const lead = await admin.call('POST', '/leads', { name: 'Of the field', ownerId: user.id });
    await admin.call('POST', '/leads', { name: 'Of the house' });
    const listed = async (path: string) => (await admin.call('GET', path)).body.items;
    expect(await listed(`/leads?filter[department]=${id}`)).toMatchObject([{ id: lead.body.id }]);
    for (const list of ['contacts', 'deals', 'conversations'])
      expect(await listed(`/${list}?filter[department]=${id}`), list).toEqual([]);
    expect((await admin.call('GET', '/leads?filter[department]=field')).status).toBe(400);
  });
});

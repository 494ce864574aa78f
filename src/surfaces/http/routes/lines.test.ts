import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';

let web: TestWeb;
let admin: TestBrowser;
let operator: TestBrowser;
beforeAll(async () => {
  web = await openTestWeb();
  [admin, operator] = await Promise.all([
    web.browser('Ann', 'administrator'),
    web.browser('Otto', 'operator'),
  ]);
  await admin.call('PATCH', '/settings', { timeZone: 'Europe/Berlin' });
});
afterAll(() => web.close());

const HOURS = {
  mon: [
    ['09:00', '13:00'],
    ['14:00', '18:00'],
  ],
  sat: [['21:00', '02:00']],
  sun: [],
};

it('a line needs a name; the rest has sensible defaults', async () => {
  const { status, body } = await admin.call('POST', '/lines', { name: ' Sales ' });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    name: 'Sales',
    queue: 'evenly',
    members: [],
    timeZone: 'Europe/Berlin',
    hours: {},
    holidays: [],
    offHours: { action: 'queue' },
    maxTalksPerOperator: null,
    autoLead: true,
    priority: 0,
    waiting: 0,
    open: 0,
  });
  expect(body.key).toMatch(/^[\w-]{16}$/);
});

it('comes back as it was given, and changes only what is named', async () => {
  const given = {
    name: 'Support',
    queue: 'strictly',
    members: [operator.session.user.id, admin.session.user.id],
    timeZone: 'America/New_York',
    hours: HOURS,
    holidays: ['2026-12-25'],
    offHours: { action: 'text', text: 'Back tomorrow.' },
    offerSeconds: 60,
    maxTalksPerOperator: 3,
    autoLead: false,
    priority: 5,
  };
  const made = await admin.call('POST', '/lines', given);
  const { sun: _, ...hours } = HOURS;
  expect(made.body).toMatchObject({ ...given, hours });
  const changed = await admin.call('PATCH', `/lines/${made.body.id}`, {
    maxTalksPerOperator: null,
    hours: {},
  });
  expect(changed.body).toMatchObject({ ...given, maxTalksPerOperator: null, hours: {} });
  expect((await operator.call('GET', `/lines/${made.body.id}`)).body).toEqual(changed.body);
});

it.each([
  [{ hours: { mon: [['9:00', '18:00']] } }, 400, 'hours.mon.0.0'],
  [
    {
      hours: {
        tue: [
          ['09:00', '18:00'],
          ['19:00', '24:01'],
        ],
      },
    },
    400,
    'hours.tue.1.1',
  ],
  [{ hours: { mon: [['09:00']] } }, 400, 'hours.mon.0'],
  [{ hours: { monday: [] } }, 400, 'hours.monday'],
  [{ timeZone: 'Berlin' }, 400, 'timeZone'],
  [{ holidays: ['2026-02-30'] }, 400, 'holidays.0'],
  [{ holidays: ['25.12.2026'] }, 400, 'holidays.0'],
  [{ offHours: { action: 'text' } }, 400, 'offHours.text'],
  [{ offerSeconds: 29 }, 400, 'offerSeconds'],
  [{ offerSeconds: 43_201 }, 400, 'offerSeconds'],
  [{ queue: 'random' }, 400, 'queue'],
  [{ members: ['0123456789abcdef01234567'] }, 422, 'members.0'],
  [{ members: ['nonsense'] }, 422, 'members.0'],
  [{ maxTalksPerOperator: 0 }, 400, 'maxTalksPerOperator'],
])('%j is refused with %i at %s', async (wrong, status, field) => {
  const answer = await admin.call('POST', '/lines', { name: 'Wrong', ...wrong });
  expect([answer.status, answer.body.error.field]).toEqual([status, field]);
  expect(answer.body.error.message).toContain(field);
});

it('a member is listed once', async () => {
  const { id } = operator.session.user;
  const answer = await admin.call('POST', '/lines', { name: 'Twice', members: [id, id] });
  expect([answer.status, answer.body.error.field]).toEqual([422, 'members.1']);
  const line = await admin.call('POST', '/lines', { name: 'Once', members: [id] });
  expect((await admin.call('PATCH', `/lines/${line.body.id}`, { members: [id, id] })).status).toBe(
    422,
  );
});

it('says whether it is open at an instant, by its own clock', async () => {
  const { body: line } = await admin.call('POST', '/lines', {
    name: 'Hours',
    timeZone: 'Europe/Berlin',
    hours: HOURS,
  });
  const open = async (at: string) =>
    (await operator.call('GET', `/lines/${line.id}/open?at=${encodeURIComponent(at)}`)).body;
  expect(await open('2026-11-02T12:30:00Z')).toEqual({
    open: false,
    nextChange: '2026-11-02T13:00:00.000Z',
  });
  expect(await open('2026-11-08T01:30:00+01:00')).toEqual({
    open: true,
    nextChange: '2026-11-08T01:00:00.000Z',
  });
  const bad = await operator.call('GET', `/lines/${line.id}/open?at=tomorrow`);
  expect([bad.status, bad.body.error.field]).toEqual([400, 'at']);
  // Without an instant: now, which the test's clock says is Monday 11:00 in Berlin.
  expect((await operator.call('GET', `/lines/${line.id}/open`)).body).toEqual({
    open: true,
    nextChange: '2035-11-05T12:00:00.000Z',
  });
});

it('is made and changed by those with the right only', async () => {
  expect((await operator.call('POST', '/lines', { name: 'Mine' })).status).toBe(403);
  const [line] = (await operator.call('GET', '/lines')).body.items;
  expect((await operator.call('PATCH', `/lines/${line.id}`, { name: 'Mine' })).status).toBe(403);
  expect((await operator.call('DELETE', `/lines/${line.id}`)).status).toBe(403);
});

it('is archived only when no channel serves it, and is gone then', async () => {
  const { body: line } = await admin.call('POST', '/lines', { name: 'Short-lived' });
  const channel = await admin.call('POST', '/channels', {
    type: 'sandbox',
    name: 'Box',
    lineId: line.id,
  });
  const refused = await admin.call('DELETE', `/lines/${line.id}`);
  expect([refused.status, refused.body.error.message.includes('Box')]).toEqual([422, true]);
  await admin.call('DELETE', `/channels/${channel.body.id}`);
  expect((await admin.call('DELETE', `/lines/${line.id}`)).status).toBe(204);
  expect((await admin.call('GET', `/lines/${line.id}`)).status).toBe(404);
  const names = (await admin.call('GET', '/lines')).body.items.map(
    ({ name }: { name: string }) => name,
  );
  expect(names).not.toContain('Short-lived');
});

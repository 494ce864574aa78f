import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';

let web: TestWeb;
let admin: TestBrowser;
let operator: TestBrowser;
let lineId: string;
beforeAll(async () => {
  web = await openTestWeb();
  [admin, operator] = await Promise.all([
    web.browser('Ann', 'administrator'),
    web.browser('Otto', 'operator'),
  ]);
  lineId = (
    await admin.call('POST', '/lines', { name: 'Sales', members: [operator.session.user.id] })
  ).body.id;
});
afterAll(() => web.close());

const SECRET = 'a-sandbox-secret-of-mine';
const sandbox = (more: object = {}) => ({
  type: 'sandbox',
  name: 'Box',
  lineId,
  config: { secret: SECRET },
  ...more,
});

it('every kind is listed with a form whose secrets are marked', async () => {
  const { items } = (await admin.call('GET', '/channel-types')).body;
  const types = items.map(({ type }: { type: string }) => type);
  expect(types).toEqual(expect.arrayContaining(['sandbox', 'telegram', 'webchat', 'api']));
  const form = items.find(({ type }: { type: string }) => type === 'sandbox');
  expect(form.schema.properties.secret).toMatchObject({ secret: true, title: 'Shared secret' });
  expect(form.capabilities.text.max).toBeGreaterThan(0);
});

it('a channel is added, connected, paused and connected again', async () => {
  const made = await admin.call('POST', '/channels', sandbox());
  expect(made.status).toBe(201);
  const { id } = made.body;
  expect(made.body).toMatchObject({
    status: 'connecting',
    lineId,
    role: 'line',
    webhookUrl: `${web.desk.publicUrl}/hooks/sandbox/${id}`,
  });
  expect(made.body).not.toHaveProperty('secrets');
  expect((await admin.call('POST', `/channels/${id}/connect`)).body.status).toBe('connected');
  expect((await admin.call('GET', `/channels/${id}`)).body.status).toBe('connected');
  const paused = await admin.call('POST', `/channels/${id}/pause`);
  expect(paused.body).toEqual({ status: 'paused', detail: 'Paused by Ann.' });
  expect((await admin.call('GET', `/channels/${id}`)).body).toMatchObject({
    status: 'paused',
    detail: 'Paused by Ann.',
  });
  expect((await admin.call('POST', `/channels/${id}/connect`)).body.status).toBe('connected');
});

it('a secret is sealed in the database, masked outside, and kept when its mask is sent back', async () => {
  const { body } = await admin.call('POST', '/channels', sandbox());
  const stored = await web.desk.stores.accounts.get(body.id);
  expect(stored?.config.secret).toMatch(/^enc:v1:/);
  expect(body.config.secret).toBe(`••••${SECRET.slice(-4)}`);
  const changed = await admin.call('PATCH', `/channels/${body.id}`, {
    name: 'Box 2',
    config: body.config,
  });
  expect(changed.body).toMatchObject({ name: 'Box 2', config: body.config });
  const known = await web.desk.accounts.known(body.id);
  expect(known?.account.config).toMatchObject({ secret: SECRET });
  await admin.call('PATCH', `/channels/${body.id}`, {
    config: { secret: 'another-secret-of-mine' },
  });
  expect((await web.desk.accounts.known(body.id))?.account.config).toMatchObject({
    secret: 'another-secret-of-mine',
  });
  const seen = JSON.stringify([
    (await admin.call('GET', '/channels')).body,
    (await admin.call('GET', '/audit')).body,
  ]);
  expect(seen).not.toContain(SECRET);
  expect(web.logLines.join()).not.toContain(SECRET);
});

it('a secret that is made for it is shown once', async () => {
  const made = await admin.call('POST', '/channels', sandbox({ config: {} }));
  expect(made.body.secrets.secret.length).toBeGreaterThanOrEqual(16);
  expect((await admin.call('GET', `/channels/${made.body.id}`)).body).not.toHaveProperty('secrets');
});

it.each([
  ['an unknown kind', { type: 'pigeon' }, 422, 'type'],
  ['a line that is not there', { lineId: '0123456789abcdef01234567' }, 422, 'lineId'],
  ['no line', { lineId: null }, 422, 'lineId'],
  ['an unknown setting', { config: { secret: SECRET, colour: 'red' } }, 400, 'config.colour'],
  ['a wrong setting', { config: { secret: SECRET, apiRoot: 'ftp://x' } }, 400, 'config.apiRoot'],
  ['a role it can not have', { role: 'desk' }, 422, 'role'],
  ['no name', { name: '' }, 400, 'name'],
])('a channel with %s is refused', async (_what, wrong, status, field) => {
  const answer = await admin.call('POST', '/channels', sandbox(wrong));
  expect([answer.status, answer.body.error.field]).toEqual([status, field]);
  expect(JSON.stringify(answer.body)).not.toContain(SECRET);
});

it('settings are tested before they are saved, and nothing is saved', async () => {
  const count = async () => (await admin.call('GET', '/channels?limit=200')).body.items.length;
  const before = await count();
  const good = await admin.call('POST', '/channels/test', {
    type: 'sandbox',
    config: { secret: SECRET },
  });
  expect(good.body.status).toBe('connected');
  const dead = { secret: SECRET, apiRoot: 'http://127.0.0.1:9' };
  const bad = await admin.call('POST', '/channels/test', { type: 'sandbox', config: dead });
  expect(bad.body.status).not.toBe('connected');
  expect(await count()).toBe(before);

  const { body } = await admin.call('POST', '/channels', sandbox());
  const changed = await admin.call('POST', `/channels/${body.id}/test`, {
    config: { apiRoot: dead.apiRoot },
  });
  expect(changed.body.status).not.toBe('connected');
  expect((await admin.call('GET', `/channels/${body.id}`)).body.config).not.toHaveProperty(
    'apiRoot',
  );
});

it('operators see that a channel is there, but neither its settings nor a way to change it', async () => {
  const { body } = await admin.call('POST', '/channels', sandbox());
  expect((await operator.call('GET', `/channels/${body.id}`)).body).toMatchObject({
    name: 'Box',
    config: {},
  });
  for (const [method, path] of [
    ['POST', '/channels'],
    ['PATCH', `/channels/${body.id}`],
    ['DELETE', `/channels/${body.id}`],
    ['POST', `/channels/${body.id}/connect`],
    ['POST', `/channels/${body.id}/pause`],
    ['POST', `/channels/${body.id}/test`],
  ] as const) {
    const answer = await operator.call(method, path, path === '/channels' ? sandbox() : {});
    expect(answer.status, `${method} ${path}`).toBe(403);
  }
});

it('a removed channel is gone, and its webhook with it', async () => {
  const { body } = await admin.call('POST', '/channels', sandbox());
  await admin.call('POST', `/channels/${body.id}/connect`);
  expect((await admin.call('DELETE', `/channels/${body.id}`)).status).toBe(204);
  expect((await admin.call('GET', `/channels/${body.id}`)).status).toBe(404);
  const hook = await web.app.inject({
    method: 'POST',
    url: `/hooks/sandbox/${body.id}`,
    payload: '{}',
  });
  expect(hook.statusCode).toBe(404);
  expect((await admin.call('DELETE', `/channels/${body.id}`)).status).toBe(404);
});

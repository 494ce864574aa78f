import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandboxDouble } from '../../../../channels/sandbox/testing.ts';
import type { Double } from '../../../../channels/shared/testing.ts';
import type { ApiDocument } from '../../../../test/harness/answers.ts';
import { startPushService } from '../../../../test/harness/push-service.ts';
import type { PushService } from '../../../../test/harness/push-service.ts';
import { until } from '../../../../test/harness/until.ts';
import type { Answer, Method, TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb, PASSWORD } from '../../../../test/harness/web.ts';
import type { AccountRecord } from '../../../domain/accounts/account.ts';
import { startWebhookSender } from '../../../desk/webhooks/webhook-sender.ts';
import type { WebhookSender } from '../../../desk/webhooks/webhook-sender.ts';

/** What anybody who is signed in may call, whatever their role grants: their own affairs, and what all must know. */
const FOR_ALL = new Set([
  ...['GET /session', 'DELETE /session', 'GET /tokens', 'POST /tokens', 'DELETE /tokens/{id}'],
  ...['GET /push', 'GET /devices', 'POST /devices', 'POST /devices/{id}/test'],
  ...['DELETE /devices/{id}', 'PUT /presence', 'GET /roles', 'GET /settings', 'GET /departments'],
  ...['GET /channel-types', 'GET /flow-types', 'GET /commands', 'POST /commands', 'GET /drafts'],
  ...['GET /search', 'GET /canned-answers', 'POST /files'],
]);
/** What an operator may call beside it, for a thing that is somebody else's on a line that is not theirs. */
const FOR_OPERATORS = new Set([
  ...['GET /users', 'GET /users/{id}', 'GET /lines', 'GET /lines/{id}', 'GET /lines/{id}/open'],
  ...['GET /channels', 'GET /channels/{id}', 'GET /pipelines'],
  ...['GET /contacts', 'POST /contacts', 'GET /contacts/{id}', 'PATCH /contacts/{id}'],
  ...['GET /leads', 'POST /leads', 'GET /leads/{id}', 'GET /deals', 'POST /deals'],
  ...['GET /conversations', 'GET /deliveries'],
]);

let web: TestWeb;
let double: Double;
let push: PushService;
let sender: WebhookSender;
let document: ApiDocument;
let admin: TestBrowser;
/** Has a role that grants nothing. */
let guest: TestBrowser;
/** An operator of no line. */
let stranger: TestBrowser;
const called = new Set<string>();

beforeAll(async () => {
  web = await openTestWeb();
  document = (await web.app.inject('/api/v1/openapi.json')).json();
  double = await startSandboxDouble();
  push = await startPushService(web.desk.push.publicKey);
  sender = startWebhookSender(web.desk);
});
afterAll(async () => {
  await sender.stop();
  await push.close();
  await double.close();
  await web.close();
});

/**
 * A call that an administrator may make, and before it the same call by those who may not: nobody, somebody without
 * rights, an operator from elsewhere. What is refused changes nothing, so all of them call with the same real ids.
 */
const step = async (
  method: Method,
  path: string,
  body?: unknown,
  send: (who: TestBrowser) => Promise<Answer> = (who) => who.call(method, path, body),
): Promise<Answer['body']> => {
  const name = (await web.answers()).operationOf(method, path);
  expect(name, `${method} ${path} is documented`).not.toBeNull();
  const route = name ?? '';
  called.add(route);
  const isPublic = document.paths[route.split(' ')[1] ?? '']?.[method.toLowerCase()]?.security;
  if (!isPublic) {
    expect((await web.call(method, path, body)).status, `${route} by nobody`).toBe(401);
    if (!FOR_ALL.has(route)) {
      expect([403, 404], `${route} by a guest`).toContain((await send(guest)).status);
      if (!FOR_OPERATORS.has(route))
        expect([403, 404], `${route} by a stranger`).toContain((await send(stranger)).status);
    }
  }
  const answer = await send(admin);
  expect(answer.status, `${route}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
};
const get = (path: string) => step('GET', path);
const post = (path: string, body?: unknown) => step('POST', path, body);
const upload = (who: TestBrowser): Promise<Answer> =>
  web.call(
    'POST',
    '/files',
    '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhello\r\n--b--\r\n',
    {
      cookie: who.cookie,
      'x-csrf-token': who.session.csrf,
      'content-type': 'multipart/form-data; boundary=b',
    },
  );

it('the first visit', async () => {
  admin = { call: web.call } as TestBrowser;
  await get('/setup');
  const setUp = await post('/setup', {
    code: web.setupCode.text,
    ...{ name: 'Root', email: 'root@example.org', password: PASSWORD },
  });
  expect(setUp.user.role).toBe('administrator');
  await post('/session', { email: 'root@example.org', password: PASSWORD });
  admin = await web.signIn('root@example.org');
  guest = await web.browser('Guest', 'a role that is gone');
  stranger = await web.browser('Eve', 'operator');
});

it('people, tokens and devices', async () => {
  await get('/session');
  const token = await post('/tokens', { name: 'script' });
  expect((await get('/tokens')).items).toHaveLength(1);
  await step('DELETE', `/tokens/${token.id}`);
  const department = await post('/departments', { name: 'Sales' });
  await step('PATCH', `/departments/${department.id}`, { name: 'Sale' });
  const ann = await post('/users', {
    ...{ name: 'Ann', email: 'ann@example.org', password: PASSWORD, role: 'supervisor' },
    ...{ departmentId: department.id, timeZone: 'Europe/Berlin', maxTalks: 5 },
  });
  await get('/users');
  await get(`/users/${ann.id}`);
  await step('PATCH', `/users/${ann.id}`, {
    departmentId: null,
    hours: { mon: [['09:00', '17:00']] },
  });
  await step('DELETE', `/departments/${department.id}`);
  await post('/departments', { name: 'Service' });
  expect((await get('/departments')).items).toHaveLength(1);
  await get('/roles');
  const absence = await post(`/users/${ann.id}/absences`, {
    ...{ from: '2035-12-24', to: '2035-12-27', kind: 'holiday', note: 'Away' },
  });
  expect((await get(`/users/${ann.id}/absences`)).items).toEqual([absence]);
  await step('DELETE', `/users/${ann.id}/absences/${absence.id}`);
  expect((await step('PUT', '/presence', { state: 'online' })).presence).toBe('online');
  await get('/push');
  const device = await post('/devices', {
    ...{ key: 'device-of-root-000', kind: 'browser', name: 'Firefox' },
    push: push.subscribe('root'),
  });
  await post(`/devices/${device.id}/test`);
  expect((await get('/devices')).items).toHaveLength(1);
  await step('DELETE', `/devices/${device.id}`);
  admin = await web.signIn('root@example.org');
  await get('/settings');
  await step('PATCH', '/settings', { companyName: 'Northlight' });
});

let lineId: string;
let account: AccountRecord;
let talkId: string;
let contactId: string;

it('lines, flows and channels', async () => {
  await get('/flow-types');
  const flow = await post('/flows', {
    name: 'Welcome',
    draft: { begins: 'opened', steps: [{ id: 'hi', name: 'Hello', kind: 'say', text: 'Hi!' }] },
  });
  await get('/flows');
  await get(`/flows/${flow.id}`);
  const { rev } = await step('PATCH', `/flows/${flow.id}`, { rev: flow.rev, name: 'Hello' });
  await post(`/flows/${flow.id}/publish`, { rev });
  expect((await get(`/flows/${flow.id}/versions`)).items).toHaveLength(1);
  await post('/flows/simulate', {
    script: flow.draft,
    facts: {},
    events: [{ kind: 'text', text: 'x' }],
  });
  await step('DELETE', `/flows/${flow.id}`);

  const line = await post('/lines', {
    ...{ name: 'Sales', queue: 'strictly', members: [admin.session.user.id], timeZone: 'UTC' },
    ...{ hours: { sat: [['21:00', '02:00']] }, holidays: ['2035-12-25'], autoLead: true },
    exceptions: { '2035-12-24': [['09:00', '12:00']], '2035-11-05': [['00:00', '24:00']] },
    calendar: {
      ical: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20350101T000000Z\r\nDTSTART;VALUE=DATE:20360101\r\nSUMMARY:New Year\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    },
    targets: { firstAnswerMinutes: 15 },
  });
  lineId = line.id;
  await get('/lines');
  await get(`/lines/${lineId}`);
  await step('PATCH', `/lines/${lineId}`, { signature: { on: true, text: '{{operator.name}}' } });
  await get(`/lines/${lineId}/open?at=2035-11-10T20:00:00Z`);
  const unused = await post('/lines', { name: 'Unused' });
  await step('DELETE', `/lines/${unused.id}`);

  await get('/channel-types');
  const settings = { secret: 'sandbox-secret-for-tests', apiRoot: double.url };
  await post('/channels/test', { type: 'sandbox', config: settings });
  const made = await post('/channels', { type: 'sandbox', name: 'Box', lineId, config: {} });
  await get('/channels');
  await get(`/channels/${made.id}`);
  await step('PATCH', `/channels/${made.id}`, { config: settings });
  await post(`/channels/${made.id}/test`, { config: {} });
  await post(`/channels/${made.id}/pause`);
  expect((await post(`/channels/${made.id}/connect`)).status).toBe('connected');
  account = (await web.desk.stores.accounts.get(made.id)) as AccountRecord;
  const other = await post('/channels', { type: 'sandbox', name: 'Other', lineId, config: {} });
  await step('DELETE', `/channels/${other.id}`);
});

it('talks', async () => {
  const talk = await web.write(account, 'lee', 'hello');
  talkId = talk.id;
  contactId = talk.contactId;
  expect((await get('/conversations?filter[state]=open')).items).toHaveLength(1);
  const detail = await get(`/conversations/${talkId}`);
  expect(detail.contact.id).toBe(contactId);
  const act = (name: string, body?: unknown) => post(`/conversations/${talkId}/${name}`, body);
  await act('skip', { why: 'busy' });
  await act('take');
  await act('read');
  await act('typing', { on: true });
  await act('tag', { add: ['vip'] });
  await act('pin', { on: true });
  const { items: users } = await get('/users');
  const ann = users.find(({ name }: { name: string }) => name === 'Ann').id;
  await act('invite', { userId: ann });
  await act('assign', { userId: ann });
  await act('join');
  await act('leave');
  await act('intercept');
  await act('snooze', { until: '2035-11-06T10:00:00Z' });
  await act('transfer', { userId: ann, note: 'please' });
  await act('close', { outcome: 'won' });
  await act('rate', { score: 4, comment: 'polite' });
  await act('reopen');
  expect((await get(`/conversations/${talkId}/sessions`)).items).toHaveLength(2);
  expect((await get(`/conversations/${talkId}/decisions`)).items.length).toBeGreaterThan(1);
  const { conversation } = await web.desk.stores.conversations.findOrOpen({
    ...{ accountId: account.id, channelType: 'sandbox', chat: 'lee too', contactId },
    ...{ contactName: 'Lee', origin: null, lineId, at: web.clock.now() },
  });
  await act('merge', { from: conversation.id });
  expect((await get(`/conversations/${talkId}`)).merged).toHaveLength(1);
  await act('unmerge', { from: conversation.id });
  await post(`/conversations/${(await web.write(account, 'junk', 'buy')).id}/spam`);
});

it('messages and files', async () => {
  const file = await step('POST', '/files', undefined, upload);
  await get(`/files/${file.id}`);
  const messages = `/conversations/${talkId}/messages`;
  await post(messages, { fileIds: [file.id], clientId: 'zero' });
  const sent = await post(messages, { text: 'Here', clientId: 'one' });
  await until('it is sent', async () => {
    const { body } = await admin.call('GET', messages);
    return body.items.find(
      ({ id, delivery }: { id: string; delivery: { state: string } | null }) =>
        id === sent.id && delivery?.state === 'sent',
    );
  });
  await post(messages, { text: 'Only us', note: true, clientId: 'two' });
  const incoming = (await get(`${messages}?afterSeq=0&limit=1`)).items[0];
  await step('PUT', `/messages/${incoming.id}/reactions`, { emoji: ['👍'] });
  await step('PATCH', `/messages/${sent.id}`, { text: 'Here it is' });
  expect((await step('DELETE', `/messages/${sent.id}`)).removedAt).not.toBeNull();
  await step('PUT', `/conversations/${talkId}/draft`, { text: 'not yet' });
  expect((await get('/drafts')).items).toHaveLength(1);
  const later = await post(messages, {
    ...{ text: 'Later', clientId: 'three', sendAt: '2035-11-06T10:00:00Z' },
  });
  await step('PATCH', `/scheduled/${later.id}`, { text: 'Better' });
  expect((await get(`/conversations/${talkId}/scheduled`)).items).toHaveLength(1);
  await step('DELETE', `/scheduled/${later.id}`);
  const lost = await web.desk.stores.files.create({
    ...{ name: 'lost.jpg', mime: 'image/jpeg', size: null, width: null, height: null },
    ...{ durationMs: null, state: 'failed', detail: 'The provider has it no more.' },
    ...{ storageKey: null, source: { accountId: account.id, file: { ref: 'nowhere' } } },
    ...{ conversationId: talkId, messageId: null, uploadedBy: null, nextAt: web.clock.now() },
  });
  await post(`/files/${lost.id}/retry`);
  const canned = await post('/canned-answers', { shortcut: 'hi', text: 'Hi {{contact.name}}' });
  await get('/canned-answers');
  await step('PATCH', `/canned-answers/${canned.id}`, { text: 'Hello {{contact.name}}' });
  await post(`/canned-answers/${canned.id}/render`, { conversationId: talkId });
  await post(`/canned-answers/${canned.id}/send`, { conversationId: talkId, clientId: 'four' });
  await step('DELETE', `/canned-answers/${canned.id}`);
});

it('what went wrong, and who hears of it', async () => {
  double.next({ kind: 'answer', status: 403, body: '{"error":"blocked"}' });
  const fails = (
    await admin.call('POST', `/conversations/${talkId}/messages`, { text: 'No', clientId: 'five' })
  ).body.id;
  await until('a failure', async () => {
    const { body } = await admin.call('GET', '/deliveries');
    return body.items.some(({ id }: { id: string }) => id === fails);
  });
  await get('/deliveries?filter[state]=failed|uncertain');
  // Of a paused channel nothing leaves, so it can still be given up.
  await admin.call('POST', `/channels/${account.id}/pause`);
  await post(`/deliveries/${fails}/resend`);
  await post(`/deliveries/${fails}/cancel`);
  await admin.call('POST', `/channels/${account.id}/connect`);
  for (const payload of ['{"what', '{"events":[{"id":"q1"}]}'])
    await web.app.inject({
      method: 'POST',
      url: `/hooks/sandbox/${account.id}`,
      headers: { 'x-sandbox-secret': 'sandbox-secret-for-tests' },
      payload,
    });
  const [held] = (await get('/quarantine')).items;
  await get(`/quarantine/${held.id}`);
  await post(`/quarantine/${held.id}/dismiss`);
  const readable = await web.desk.stores.quarantine.hold({
    ...{ accountId: account.id, channelType: 'sandbox', at: web.clock.now() },
    reason: 'An older version could not read it.',
    request: { headers: {}, query: {}, path: '', method: 'POST' },
    raw: Buffer.from('{"events":[{"id":"q2","type":"message","chat":"lee","text":"again"}]}'),
    event: null,
  });
  await post(`/quarantine/${readable.id}/replay`);
  await get('/audit');
  const hook = await post('/webhooks', { url: `${double.url}/hear`, events: ['lead.created'] });
  await get('/webhooks');
  await get(`/webhooks/${hook.id}`);
  await step('PATCH', `/webhooks/${hook.id}`, { active: true });
  await post(`/webhooks/${hook.id}/ping`);
  await sender.idle();
  const [call] = (await get(`/webhooks/${hook.id}/deliveries`)).items;
  await post(`/webhooks/${hook.id}/deliveries/${call.id}/replay`);
  await sender.idle();
  await step('DELETE', `/webhooks/${hook.id}`);
});

it('the CRM and chat commands', async () => {
  await get('/contacts');
  const contact = await post('/contacts', { name: 'Ann Lee', phones: ['+49 30 123456'] });
  await get(`/contacts/${contact.id}`);
  await step('PATCH', `/contacts/${contact.id}`, { emails: ['ann@lee.example'] });
  const lead = await post('/leads', { name: 'Ann Lee', contactId: contact.id });
  await get('/leads');
  await get(`/leads/${lead.id}`);
  await step('PATCH', `/leads/${lead.id}`, { status: 'in work', why: 'called' });
  await get('/pipelines');
  const deal = await post('/deals', {
    ...{ title: 'Website', amount: { amount: '5000.00', currency: 'EUR' }, contactId: contact.id },
  });
  await get('/deals');
  await get(`/deals/${deal.id}`);
  await step('PATCH', `/deals/${deal.id}`, { state: 'won', why: 'signed' });
  expect((await get(`/timeline?filter[kind]=deal&filter[id]=${deal.id}`)).items).not.toEqual([]);
  expect((await get('/search?q=lee')).contacts).not.toEqual([]);
  await get('/commands');
  for (const text of ['/help', '/lead', '/queue', '/nonsense', '/deal new "Site" 5 EUR'])
    await post('/commands', { text, conversationId: talkId });
});

it('signing out, and that is all there is', async () => {
  await step('DELETE', '/session');
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect([...called].sort()).toEqual(all.sort());
  expect([...FOR_ALL, ...FOR_OPERATORS].filter((route) => !called.has(route))).toEqual([]);
});

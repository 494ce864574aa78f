import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';
import type { Line } from '../../../domain/lines/line.ts';

let web: TestWeb;
let admin: TestBrowser;
let supervisor: TestBrowser;
let otto: TestBrowser;
let line: Line;
let talkId: string;
beforeAll(async () => {
  web = await openTestWeb();
  [admin, supervisor, otto] = await Promise.all([
    web.browser('Ann', 'administrator'),
    web.browser('Sue', 'supervisor'),
    web.browser('Otto', 'operator'),
  ]);
  await otto.call('PUT', '/presence', { state: 'online' });
  const made = await admin.call('POST', '/lines', {
    name: 'Shop',
    members: [otto.session.user.id],
  });
  line = (await web.desk.stores.lines.get(made.body.id)) as Line;
  const account = await web.account(line, 'sandbox', { secret: 'sandbox-secret-for-tests' });
  talkId = (await web.write(account, 'lee', 'hi')).id;
});
afterAll(() => web.close());

describe('canned answers', () => {
  it('are made by supervisors, used by operators, filled in for a talk', async () => {
    const made = await supervisor.call('POST', '/canned-answers', {
      shortcut: ' Refund ',
      text: 'Dear {{contact.name}}, yes. {{operator.name}}',
    });
    expect([made.status, made.body.shortcut, made.body.lineIds]).toEqual([201, 'refund', []]);
    const rendered = await otto.call('POST', `/canned-answers/${made.body.id}/render`, {
      conversationId: talkId,
    });
    expect(rendered.body).toEqual({ text: 'Dear Customer lee, yes. Otto' });
    const changed = await supervisor.call('PATCH', `/canned-answers/${made.body.id}`, {
      lineIds: ['0123456789abcdef01234567'],
    });
    expect(changed.body).toMatchObject({
      shortcut: 'refund',
      lineIds: ['0123456789abcdef01234567'],
    });
    const list = async (query: string) =>
      (await otto.call('GET', `/canned-answers${query}`)).body.items.length;
    expect([
      await list(''),
      await list(`?filter[line]=${line.id}`),
      await list('?q=nothing'),
    ]).toEqual([1, 0, 0]);
    expect((await otto.call('POST', '/canned-answers', { shortcut: 'x', text: 'y' })).status).toBe(
      403,
    );
    expect((await otto.call('DELETE', `/canned-answers/${made.body.id}`)).status).toBe(403);
    expect((await supervisor.call('DELETE', `/canned-answers/${made.body.id}`)).status).toBe(204);
    expect((await supervisor.call('DELETE', `/canned-answers/${made.body.id}`)).status).toBe(404);
  });

  it.each([
    [{ shortcut: 'two words', text: 'x' }, 400, 'shortcut'],
    [{ shortcut: 'x', text: '  ' }, 400, 'text'],
    [{ shortcut: 'x', text: 'Dear {{contact.nmae}}' }, 400, 'text'],
    [{ shortcut: 'x', text: 'x', acts: { assignTo: 'a', close: {} } }, 400, 'acts.close'],
    [{ shortcut: 'taken', text: 'x' }, 409, 'shortcut'],
  ])('%j is refused with %i at %s', async (body, status, field) => {
    await admin.call('POST', '/canned-answers', { shortcut: 'taken', text: 'x' });
    const answer = await admin.call('POST', '/canned-answers', body);
    expect([answer.status, answer.body.error.field]).toEqual([status, field]);
  });
});

describe('answers for later', () => {
  const send = (body: Record<string, unknown>) =>
    otto.call('POST', `/conversations/${talkId}/messages`, { text: 'Later', ...body });
  const scheduled = async () =>
    (await otto.call('GET', `/conversations/${talkId}/scheduled`)).body.items;

  it('are kept apart from the talk, once per key, and can be taken back', async () => {
    const before = (await otto.call('GET', `/conversations/${talkId}/messages`)).body.items.length;
    const first = await send({ clientId: 'a', sendAt: '2035-11-06T10:00:00+01:00' });
    const again = await send({ clientId: 'a', sendAt: '2035-11-06T10:00:00+01:00' });
    expect(first.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(first.body).toMatchObject({
      seq: 0,
      sendAt: '2035-11-06T09:00:00.000Z',
      delivery: { state: 'queued', nextAt: '2035-11-06T09:00:00.000Z' },
    });
    expect(await scheduled()).toEqual([first.body]);
    expect((await otto.call('GET', `/conversations/${talkId}/messages`)).body.items).toHaveLength(
      before,
    );
    const patch = (who: TestBrowser, body: object) =>
      who.call('PATCH', `/scheduled/${first.body.id}`, body);
    const changed = await patch(otto, { text: 'Better', sendAt: '2035-11-07T09:00:00Z' });
    expect(changed.body).toMatchObject({ text: 'Better', sendAt: '2035-11-07T09:00:00.000Z' });
    expect((await patch(otto, { text: 'Best' })).body.sendAt).toBe('2035-11-07T09:00:00.000Z');
    for (const [wrong, status] of [
      [{ text: ' ' }, 422],
      [{ sendAt: '2035-11-05T09:59:59Z' }, 422],
      [{ sendAt: 'soon' }, 400],
      [{ note: true }, 400],
    ] as const)
      expect((await patch(otto, wrong)).status).toBe(status);
    expect((await patch(admin, { text: 'Not mine' })).status).toBe(403);
    expect((await scheduled())[0].text).toBe('Best');
    expect((await otto.call('DELETE', `/scheduled/${first.body.id}`)).status).toBe(204);
    expect((await patch(otto, { text: 'Too late' })).status).toBe(409);
    expect(await scheduled()).toEqual([]);
    expect((await otto.call('DELETE', `/scheduled/${first.body.id}`)).status).toBe(409);
  });

  it.each([
    [{ sendAt: 'tomorrow' }, 400],
    [{ sendAt: '2035-11-05T09:59:59Z' }, 422],
    [{ sendAt: '2037-11-05T10:00:00Z' }, 422],
    [{ sendAt: '2035-11-06T10:00:00Z', note: true }, 422],
    [{ sendAt: '2035-11-06T10:00:00Z', text: ' ' }, 422],
  ])('%j is refused with %i', async (body, status) => {
    expect((await send({ clientId: 'b', ...body })).status).toBe(status);
    expect(await scheduled()).toEqual([]);
  });
});

describe('what a line does by itself', () => {
  it('lists the kinds with the forms of their settings', async () => {
    const { items } = (await otto.call('GET', '/flow-types')).body;
    expect(items.map(({ name }: { name: string }) => name)).toEqual([
      'greeting',
      'off-hours',
      'consent',
      'menu',
      'lead-capture',
      'queue-notice',
      'no-answer',
      'closing',
      'rating',
    ]);
    for (const { schema, title, summary } of items) {
      expect(schema.type).toBe('object');
      expect(title.length * summary.length).toBeGreaterThan(0);
      for (const field of Object.values(schema.properties) as { title?: string }[])
        expect(field.title).toBeTruthy();
    }
  });

  it('takes settings that fit, with what was left out filled in', async () => {
    const flows = [{ name: 'menu', config: { text: 'What?', options: [{ label: 'Sales' }] } }];
    const { status, body } = await admin.call('PATCH', `/lines/${line.id}`, { flows });
    expect(status).toBe(200);
    expect(body.flows).toEqual([
      {
        name: 'menu',
        config: {
          text: 'What?',
          options: [{ label: 'Sales', act: 'queue' }],
          again: 'Please choose one of these:',
          patienceMinutes: 10,
        },
      },
    ]);
  });

  it.each([
    [{ flows: [{ name: 'dance' }] }, 422, 'flows.0.name'],
    [{ flows: [{ name: 'greeting', config: {} }] }, 422, 'flows.0.config.text'],
    [{ flows: [{ name: 'closing', config: { text: 'x', colour: 1 } }] }, 422, 'flows.0.config'],
    [{ flows: [{ name: 'rating' }, { name: 'rating' }] }, 422, 'flows.1.name'],
    [{ targets: { firstAnswerMinutes: 0 } }, 400, 'targets.firstAnswerMinutes'],
    [{ autoCloseMinutes: 0.5 }, 400, 'autoCloseMinutes'],
    [{ exceptions: { '2026-02-30': [] } }, 400, 'exceptions.2026-02-30'],
    [{ exceptions: { '2026-12-24': [['9:00', '12:00']] } }, 400, 'exceptions.2026-12-24.0.0'],
    [{ calendar: { ical: 'hello' } }, 422, 'calendar'],
    [{ calendar: { url: 'file:///etc/passwd' } }, 400, 'calendar.url'],
  ])('%j is refused with %i at %s', async (change, status, field) => {
    const answer = await admin.call('PATCH', `/lines/${line.id}`, change);
    expect([answer.status, answer.body.error.field]).toEqual([status, field]);
  });

  it('keeps exceptions, targets and silence', async () => {
    const change = {
      exceptions: { '2026-12-24': [['09:00', '12:00']], '2026-12-31': [] },
      autoCloseMinutes: 60,
    };
    const { body } = await admin.call('PATCH', `/lines/${line.id}`, {
      ...change,
      targets: { firstAnswerMinutes: 15 },
    });
    expect(body).toMatchObject({
      ...change,
      targets: {
        firstAnswerMinutes: 15,
        nextAnswerMinutes: null,
        resolutionMinutes: null,
        warnPercent: 80,
      },
    });
  });
});

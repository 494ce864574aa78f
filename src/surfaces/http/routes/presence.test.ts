import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPushService } from '../../../../test/harness/push-service.ts';
import type { PushService } from '../../../../test/harness/push-service.ts';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb, PASSWORD } from '../../../../test/harness/web.ts';

let web: TestWeb;
let push: PushService;
let admin: TestBrowser;
let ann: TestBrowser;
let sue: TestBrowser;

beforeAll(async () => {
  web = await openTestWeb();
  push = await startPushService(web.desk.push.publicKey);
  admin = await web.browser('Root', 'administrator');
  ann = await web.browser('Ann', 'operator');
  sue = await web.browser('Sue', 'supervisor');
});
afterAll(async () => {
  await push.close();
  await web.close();
});

const HELLO = { key: 'device-of-ann-0000', kind: 'phone', name: 'Firefox on Android' };
const idOf = (who: TestBrowser): string => who.session.user.id;

describe('devices', () => {
  it('subscribe with the installation’s key, are listed, tested and forgotten', async () => {
    const key = (await ann.call('GET', '/push')).body;
    expect(key).toEqual({ publicKey: web.desk.push.publicKey });
    const made = await ann.call('POST', '/devices', { ...HELLO, push: push.subscribe('ann') });
    expect([made.status, made.body]).toMatchObject([
      200,
      { ...HELLO, live: false, push: true, seenAt: '2035-11-05T10:00:00.000Z' },
    ]);
    const { id } = made.body;
    expect((await ann.call('POST', `/devices/${id}/test`)).status).toBe(204);
    expect(push.pushed.map(({ name, title }) => [name, title])).toEqual([['ann', 'Notices work']]);
    expect((await sue.call('POST', `/devices/${id}/test`)).status).toBe(404);
    expect((await sue.call('DELETE', `/devices/${id}`)).status).toBe(404);

    // Somebody else signs in on the same browser: notices go to them alone.
    await sue.call('POST', '/devices', { ...HELLO, push: push.subscribe('ann') });
    expect((await ann.call('GET', '/devices')).body.items).toMatchObject([{ id, push: false }]);
    await sue.call('POST', '/devices', { ...HELLO, push: null });

    expect((await ann.call('DELETE', `/devices/${id}`)).status).toBe(204);
    // What was forgotten is signed out.
    expect((await ann.call('GET', '/devices')).status).toBe(401);
    const back = await web.call('POST', '/session', {
      email: 'ann@example.org',
      password: PASSWORD,
    });
    ann.cookie = String(back.headers['set-cookie']).split(';')[0] ?? '';
    ann.session = back.body;
    ann.call = (method, path, body) =>
      web.call(method, path, body, { cookie: ann.cookie, 'x-csrf-token': ann.session.csrf });
    expect((await ann.call('GET', '/devices')).body.items).toEqual([]);
  });

  it('must be described as browsers do', async () => {
    const { keys, endpoint } = push.subscribe('bad');
    for (const bad of [
      { ...HELLO, key: 'short' },
      { ...HELLO, kind: 'fridge' },
      { ...HELLO, push: { endpoint: 'ftp://x', keys } },
      { ...HELLO, push: { endpoint, keys: { ...keys, p256dh: 'AAAA' } } },
      { ...HELLO, push: { endpoint, keys: { ...keys, auth: 'AAAA' } } },
      { ...HELLO, push: { endpoint } },
    ])
      expect((await ann.call('POST', '/devices', bad)).status, JSON.stringify(bad)).toBe(400);
    expect((await web.call('GET', '/devices')).status).toBe(401);
    expect((await ann.call('GET', '/devices')).body.items).toEqual([]);
  });

  it('fall silent when their person signs out', async () => {
    const eve = await web.browser('Eve', 'operator');
    await eve.call('POST', '/devices', { ...HELLO, push: push.subscribe('eve') });
    await eve.call('DELETE', '/session');
    const [device] = await web.desk.stores.devices.ofUser(idOf(eve));
    expect(device?.push).toBeNull();
  });
});

describe('hours and absences', () => {
  it('are shown to colleagues by their end alone', async () => {
    const days = { from: '2035-11-05', to: '2035-11-06', kind: 'ill', note: 'flu' };
    const made = await sue.call('POST', `/users/${idOf(ann)}/absences`, days);
    expect([made.status, made.body]).toMatchObject([201, days]);
    const seen = await sue.call('GET', `/users/${idOf(ann)}`);
    expect(seen.body.away).toEqual({
      ...{ kind: 'absent', since: '2035-11-05T00:00:00.000Z', until: '2035-11-07T00:00:00.000Z' },
      why: 'Absent until Wed 7 Nov, 00:00 UTC.',
    });
    expect(JSON.stringify(seen.body)).not.toContain('flu');
    const bob = await web.browser('Bob', 'operator');
    expect((await bob.call('GET', `/users/${idOf(ann)}/absences`)).status).toBe(403);
    expect((await ann.call('GET', `/users/${idOf(ann)}/absences`)).body.items).toEqual([made.body]);
    const there = `/users/${idOf(ann)}/absences/${made.body.id}`;
    expect((await ann.call('DELETE', there)).status).toBe(204);
    expect((await ann.call('DELETE', there)).status).toBe(404);
    for (const bad of [
      { from: 'tomorrow', to: '2035-11-06' },
      { from: '2035-02-30', to: '2035-11-06' },
      { from: '2035-11-06T25:00', to: '2035-11-06' },
      { from: '2035-11-06', to: '2035-11-06', kind: 'party' },
    ])
      expect((await ann.call('POST', `/users/${idOf(ann)}/absences`, bad)).status).toBe(400);
    const backwards = { from: '2035-11-06', to: '2035-11-05' };
    const refused = await ann.call('POST', `/users/${idOf(ann)}/absences`, backwards);
    expect([refused.status, refused.body.error.field]).toEqual([422, 'to']);
    expect((await ann.call('GET', `/users/${idOf(ann)}`)).body.away).toBeNull();
  });

  it('warn who goes online, and give way to working now', async () => {
    const hours = { tue: [['09:00', '17:00']], wed: [] };
    const set = await admin.call('PATCH', `/users/${idOf(ann)}`, { hours });
    expect(set.body.hours).toEqual({ tue: [['09:00', '17:00']] });
    expect((await ann.call('PATCH', `/users/${idOf(ann)}`, { hours: {} })).status).toBe(403);
    expect(
      (await admin.call('PATCH', `/users/${idOf(ann)}`, { hours: { tue: [['9', '17']] } })).status,
    ).toBe(400);
    const warned = await ann.call('PUT', '/presence', { state: 'online' });
    expect(warned.body).toMatchObject({ presence: 'online', away: { kind: 'off_hours' } });
    const works = await ann.call('PUT', '/presence', { state: 'online', workNow: true });
    expect(works.body).toMatchObject({ away: null, workUntil: '2035-11-06T00:00:00.000Z' });
    const phone = await ann.call('PATCH', `/users/${idOf(ann)}`, { reachableByPhone: true });
    expect(phone.body.reachableByPhone).toBe(true);
  });

  it('of idleness and connection are settings of the company', async () => {
    const { body } = await admin.call('GET', '/settings');
    expect(body).toMatchObject({ disconnectMinutes: 2, idleMinutes: 10, pushText: true });
    const changed = await admin.call('PATCH', '/settings', { idleMinutes: 0, pushText: false });
    expect(changed.body).toMatchObject({ idleMinutes: 0, disconnectMinutes: 2, pushText: false });
    for (const bad of [{ idleMinutes: -1 }, { disconnectMinutes: 9999 }, { pushText: 'no' }])
      expect((await admin.call('PATCH', '/settings', bad)).status).toBe(400);
  });
});

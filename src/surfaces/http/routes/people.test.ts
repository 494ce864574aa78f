import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb, PASSWORD } from '../../../../test/harness/web.ts';

let web: TestWeb;
let admin: TestBrowser;
let supervisor: TestBrowser;
let operator: TestBrowser;
beforeAll(async () => {
  web = await openTestWeb();
  [admin, supervisor, operator] = await Promise.all([
    web.browser('Ann', 'administrator'),
    web.browser('Sue', 'supervisor'),
    web.browser('Otto', 'operator'),
  ]);
});
afterAll(() => web.close());

const form = (name: string, more: object = {}) => ({
  name,
  email: `${name.toLowerCase().replaceAll(' ', '-')}@example.org`,
  password: PASSWORD,
  role: 'operator',
  ...more,
});

describe('people', () => {
  it('are added with a handle made of their name, free of accents and doubles', async () => {
    const first = await admin.call(
      'POST',
      '/users',
      form('José Ñandú', { email: 'Jose@Example.org' }),
    );
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      handle: 'jose.nandu',
      email: 'jose@example.org',
      role: 'operator',
      active: true,
      presence: 'offline',
      load: 0,
      maxTalks: null,
    });
    expect(JSON.stringify(first.body)).not.toContain('scrypt');
    const second = await admin.call('POST', '/users', form('Jose Nandu'));
    expect(second.body.handle).not.toBe('jose.nandu');
    const script = await admin.call(
      'POST',
      '/users',
      form('李小龙', { email: 'bruce.lee@example.org' }),
    );
    expect(script.body.handle).toBe('bruce.lee');
  });

  it('share no e-mail address, whatever its case', async () => {
    const again = await admin.call(
      'POST',
      '/users',
      form('Otto Two', { email: 'OTTO@example.org' }),
    );
    expect([again.status, again.body.error.code]).toEqual([409, 'duplicate']);
  });

  it.each([
    ['an unknown role', { role: 'king' }, 422, 'role'],
    ['a role by a name that every object has', { role: 'constructor' }, 422, 'role'],
    ['a bad address', { email: 'nobody' }, 400, 'email'],
    ['a short password', { password: '1234567' }, 400, 'password'],
    ['a time zone that there is not', { timeZone: 'Mars/Olympus' }, 400, 'timeZone'],
    ['an offset for a time zone', { timeZone: '+02:00' }, 400, 'timeZone'],
    ['no name', { name: '  ' }, 400, 'name'],
    ['half a talk', { maxTalks: 1.5 }, 400, 'maxTalks'],
  ])('are refused with %s', async (_what, more, status, field) => {
    const answer = await admin.call('POST', '/users', form('Wrong', more));
    expect([answer.status, answer.body.error.field]).toEqual([status, field]);
  });

  it('are added and changed by administrators only', async () => {
    for (const browser of [supervisor, operator]) {
      expect((await browser.call('POST', '/users', form('Sneak'))).status).toBe(403);
      expect(
        (await browser.call('PATCH', `/users/${admin.session.user.id}`, { active: false })).status,
      ).toBe(403);
      const self = `/users/${browser.session.user.id}`;
      expect((await browser.call('PATCH', self, { role: 'administrator' })).status).toBe(403);
      expect((await browser.call('PATCH', self, { maxTalks: null })).status).toBe(403);
      expect((await browser.call('GET', '/users')).status).toBe(200);
    }
  });

  it('change their own name, zone and password, the password with the old one only', async () => {
    const self = `/users/${operator.session.user.id}`;
    const changed = await operator.call('PATCH', self, {
      name: 'Otto Rank',
      timeZone: 'Europe/Lisbon',
    });
    expect(changed.body).toMatchObject({ name: 'Otto Rank', timeZone: 'Europe/Lisbon' });
    const without = await operator.call('PATCH', self, { password: 'a new password' });
    expect([without.status, without.body.error.field]).toEqual([422, 'currentPassword']);
    const wrong = await operator.call('PATCH', self, {
      password: 'a new password',
      currentPassword: 'wrong',
    });
    expect(wrong.status).toBe(422);
    const right = { password: 'a new password', currentPassword: PASSWORD };
    expect((await operator.call('PATCH', self, right)).status).toBe(200);
    expect((await operator.call('GET', '/session')).status).toBe(401);
    const email = 'otto@example.org';
    expect((await web.call('POST', '/session', { email, password: PASSWORD })).status).toBe(401);
    expect((await web.call('POST', '/session', { email, password: 'a new password' })).status).toBe(
      200,
    );
  });

  it('always include an active administrator', async () => {
    const self = `/users/${admin.session.user.id}`;
    expect((await admin.call('PATCH', self, { active: false })).status).toBe(422);
    const demoted = await admin.call('PATCH', self, { role: 'operator' });
    expect(demoted.status).toBe(422);
    expect(demoted.body.error.message).toContain('last administrator');
    const other = await web.browser('Second', 'administrator');
    expect((await other.call('PATCH', self, { role: 'supervisor' })).status).toBe(200);
    expect((await admin.call('POST', '/users', form('Late'))).status).toBe(403);
    expect((await other.call('PATCH', self, { role: 'administrator' })).status).toBe(200);
  });

  it('are out at once when deactivated, with sessions, tokens and presence', async () => {
    const gone = await web.browser('Gone', 'operator');
    await gone.call('PUT', '/presence', { state: 'online' });
    const { token } = (await gone.call('POST', '/tokens', { name: 't' })).body;
    const { id } = gone.session.user;
    const off = await admin.call('PATCH', `/users/${id}`, { active: false });
    expect(off.body).toMatchObject({ active: false });
    expect((await admin.call('GET', `/users/${id}`)).body.presence).toBe('offline');
    expect((await gone.call('GET', '/session')).status).toBe(401);
    expect(
      (await web.call('GET', '/session', undefined, { authorization: `Bearer ${token}` })).status,
    ).toBe(401);
    const signIn = await web.call('POST', '/session', {
      email: 'gone@example.org',
      password: PASSWORD,
    });
    expect([signIn.status, signIn.body.error.code]).toEqual([401, 'bad_sign_in']);
  });

  it('are listed by pages, found by the beginning of their name, filtered by being active', async () => {
    const names: string[] = [];
    let cursor = '';
    do {
      const page = await admin.call('GET', `/users?limit=2&cursor=${encodeURIComponent(cursor)}`);
      expect(page.body.items.length).toBeLessThanOrEqual(2);
      names.push(...page.body.items.map((user: { name: string }) => user.name));
      cursor = page.body.nextCursor ?? '';
    } while (cursor !== '');
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['Ann', 'Sue', 'Otto Rank', 'Gone']));
    const found = await admin.call('GET', '/users?q=sue');
    expect(found.body.items.map((user: { name: string }) => user.name)).toEqual(['Sue']);
    const inactive = await admin.call('GET', '/users?filter[active]=false');
    expect(inactive.body.items.map((user: { name: string }) => user.name)).toEqual(['Gone']);
  });
});

describe('around people', () => {
  it('lists the roles that come with the product', async () => {
    const { items } = (await operatorAgain()).body;
    expect(items.map((role: { id: string }) => role.id)).toEqual([
      'administrator',
      'supervisor',
      'operator',
    ]);
  });
  const operatorAgain = () => supervisor.call('GET', '/roles');

  it('says who is there, and only in the three words', async () => {
    let heard = 0;
    const stop = web.desk.bus.on('presence.changed', () => void heard++);
    expect((await supervisor.call('PUT', '/presence', { state: 'online' })).body.presence).toBe(
      'online',
    );
    expect((await supervisor.call('PUT', '/presence', { state: 'asleep' })).status).toBe(400);
    expect(heard).toBe(1);
    stop();
  });

  it('writes sign-ins, people and settings into the audit log, with the address, without secrets', async () => {
    await admin.call('PATCH', '/settings', {
      companyName: 'Acme',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    });
    const { items } = (await admin.call('GET', '/audit?limit=200')).body;
    const acts = new Set(items.map((entry: { act: string }) => entry.act));
    for (const act of [
      'session.begin',
      'session.refused',
      'user.create',
      'user.change',
      'settings.change',
      'token.create',
    ])
      expect(acts, act).toContain(act);
    expect(items.find((entry: { act: string }) => entry.act === 'user.change').address).toBe(
      '127.0.0.1',
    );
    expect(JSON.stringify(items)).not.toContain(PASSWORD);
    expect((await supervisor.call('GET', '/audit')).status).toBe(403);
  });

  it('changes settings for administrators, with real zones, currencies and languages only', async () => {
    const good = await admin.call('PATCH', '/settings', {
      companyName: 'Acme GmbH',
      language: 'de',
    });
    expect(good.body).toMatchObject({ companyName: 'Acme GmbH', language: 'de', currency: 'EUR' });
    for (const bad of [
      { currency: 'XXZ' },
      { timeZone: 'Nowhere' },
      { language: 'not a tag' },
      { companyName: '' },
    ])
      expect((await admin.call('PATCH', '/settings', bad)).status, JSON.stringify(bad)).toBe(400);
    expect((await supervisor.call('PATCH', '/settings', { companyName: 'Mine' })).status).toBe(403);
    expect((await supervisor.call('GET', '/settings')).body.companyName).toBe('Acme GmbH');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb, PASSWORD } from '../../../../test/harness/web.ts';

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb();
});
afterAll(() => web.close());

describe('the first visit', () => {
  const form = { name: 'Ann Lee', email: 'Ann@Example.org', password: PASSWORD };

  it('is refused without the printed code, and then makes one administrator', async () => {
    expect((await web.call('GET', '/setup')).body).toEqual({ needed: true });
    const wrong = await web.call('POST', '/setup', { ...form, code: 'AAAA-AAAA' });
    expect([wrong.status, wrong.body.error.field]).toEqual([403, 'code']);

    const code = web.setupCode.text.toLowerCase().replace('-', ' ');
    const all = await Promise.all(
      Array.from({ length: 5 }, () => web.call('POST', '/setup', { ...form, code })),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    const made = all.find(({ status }) => status === 201);
    expect(made?.body.user).toMatchObject({
      email: 'ann@example.org',
      handle: 'ann.lee',
      role: 'administrator',
    });
    expect(String(made?.headers['set-cookie'])).toMatch(
      /^openline_session=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect((await web.call('GET', '/setup')).body).toEqual({ needed: false });
    expect((await web.call('POST', '/setup', { ...form, code })).status).toBe(409);
  });

  it('says which field is wrong', async () => {
    const answer = await web.call('POST', '/setup', { ...form, password: 'short', code: 'x' });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'malformed', field: 'password' });
    expect(answer.body.error.message).toContain('at least 8');
  });
});

describe('signing in', () => {
  it('gives the same answer for a wrong password and an unknown e-mail', async () => {
    await web.browser('Bob', 'operator');
    const wrong = await web.call('POST', '/session', {
      email: 'bob@example.org',
      password: 'wrong password',
    });
    const unknown = await web.call('POST', '/session', {
      email: 'no@example.org',
      password: 'wrong password',
    });
    const { requestId: _, ...first } = wrong.body.error;
    const { requestId: __, ...second } = unknown.body.error;
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(first).toEqual(second);
  });

  it('takes about as long for an unknown e-mail', async () => {
    const time = async (email: string): Promise<number> => {
      const started = performance.now();
      await web.call('POST', '/session', { email, password: 'wrong password' });
      return performance.now() - started;
    };
    const known = Math.min(await time('bob@example.org'), await time('bob@example.org'));
    const unknown = Math.min(await time('x1@example.org'), await time('x2@example.org'));
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });

  it('is refused after ten wrong passwords, the right one too, until the window is over', async () => {
    const eve = await web.browser('Eve', 'operator');
    const email = eve.session.user.email;
    for (let tries = 0; tries < 10; tries++)
      expect((await web.call('POST', '/session', { email, password: 'wrong one' })).status).toBe(
        401,
      );
    const late = await web.call('POST', '/session', { email, password: PASSWORD });
    expect([late.status, late.body.error.code, late.headers['retry-after']]).toEqual([
      429,
      'too_many',
      '900',
    ]);
    web.clock.advance(15 * 60_000 + 1);
    expect((await web.call('POST', '/session', { email, password: PASSWORD })).status).toBe(200);
  });

  it('needs the CSRF token for changing calls, not for reading ones', async () => {
    const { cookie, session } = await web.browser('Carl', 'operator');
    expect((await web.call('GET', '/session', undefined, { cookie })).body.csrf).toBe(session.csrf);
    const without = await web.call('PUT', '/presence', { state: 'online' }, { cookie });
    expect([without.status, without.body.error.code]).toEqual([403, 'bad_csrf']);
    const wrong = { cookie, 'x-csrf-token': `${session.csrf}x` };
    expect((await web.call('PUT', '/presence', { state: 'online' }, wrong)).status).toBe(403);
    const right = { cookie, 'x-csrf-token': session.csrf };
    const online = await web.call('PUT', '/presence', { state: 'online' }, right);
    expect([online.status, online.body.presence]).toEqual([200, 'online']);
  });

  it('ends when signed out, and fourteen days after it was last seen', async () => {
    const gone = await web.browser('Dora', 'operator');
    expect((await gone.call('DELETE', '/session')).status).toBe(204);
    expect((await gone.call('GET', '/session')).status).toBe(401);

    const idle = await web.browser('Finn', 'operator');
    web.clock.advance(13 * 86_400_000);
    expect((await idle.call('GET', '/session')).status).toBe(200);
    web.clock.advance(13 * 86_400_000);
    expect((await idle.call('GET', '/session')).status).toBe(200);
    web.clock.advance(14 * 86_400_000);
    expect((await idle.call('GET', '/session')).status).toBe(401);
  });

  it('leaves no password and no key in the log or the database', async () => {
    const { cookie } = await web.browser('Gina', 'operator');
    const key = cookie.split('=')[1] ?? 'none';
    const user = await web.desk.stores.users.byEmail('gina@example.org');
    expect(user?.passwordHash).toMatch(/^scrypt\$15\$8\$3\$/);
    expect(await web.desk.stores.signIns.byKeyHash(key)).toBeNull();
    expect(web.logLines.join('\n')).not.toContain(PASSWORD);
    expect(web.logLines.join('\n')).not.toContain(key);
  });
});

describe('personal tokens', () => {
  it('work as Bearer without CSRF, are shown once, and end when taken back', async () => {
    const hugo = await web.browser('Hugo', 'operator');
    const made = await hugo.call('POST', '/tokens', { name: 'script' });
    expect(made.status).toBe(201);
    expect(made.body.token).toMatch(/^ol_[\w-]{43}$/);
    const bearer = { authorization: `Bearer ${made.body.token}` };
    expect((await web.call('PUT', '/presence', { state: 'break' }, bearer)).status).toBe(200);
    expect((await web.call('GET', '/session', undefined, bearer)).body.user.name).toBe('Hugo');

    const { items } = (await hugo.call('GET', '/tokens')).body;
    expect(items).toHaveLength(1);
    expect(items[0]).not.toHaveProperty('token');
    expect(items[0].lastUsedAt).not.toBeNull();

    const other = await web.browser('Ida', 'operator');
    expect((await other.call('DELETE', `/tokens/${made.body.id}`)).status).toBe(404);
    expect((await hugo.call('DELETE', `/tokens/${made.body.id}`)).status).toBe(204);
    expect((await web.call('GET', '/session', undefined, bearer)).status).toBe(401);
  });

  it('are refused when wrong, even beside a good cookie', async () => {
    const { cookie } = await web.browser('Jill', 'operator');
    const headers = { cookie, authorization: 'Bearer ol_wrong' };
    expect((await web.call('GET', '/session', undefined, headers)).status).toBe(401);
  });
});

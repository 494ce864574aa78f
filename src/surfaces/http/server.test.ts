import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../test/harness/until.ts';
import type { TestBrowser, TestWeb } from '../../../test/harness/web.ts';
import { openTestWeb } from '../../../test/harness/web.ts';

let web: TestWeb;
let admin: TestBrowser;
const webDist = mkdtempSync(path.join(tmpdir(), 'openline-web-'));
beforeAll(async () => {
  mkdirSync(path.join(webDist, 'inbox', 'assets'), { recursive: true });
  writeFileSync(path.join(webDist, 'inbox', 'index.html'), '<!doctype html><title>Inbox</title>');
  writeFileSync(path.join(webDist, 'inbox', 'assets', 'main-abc.js'), 'let here;');
  writeFileSync(
    path.join(webDist, 'inbox', 'icon.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
  );
  writeFileSync(path.join(webDist, 'outside.txt'), 'not for you');
  web = await openTestWeb({ webDist, scrapeToken: 'a-token-for-scrapers' });
  admin = await web.browser('Ann', 'administrator');
});
/** Where the server answers on a real socket. */
const listening = async (): Promise<AddressInfo> => {
  if (!web.app.server.listening) await web.app.listen({ port: 0, host: '127.0.0.1' });
  return web.app.server.address() as AddressInfo;
};
afterAll(async () => {
  await web.close();
  rmSync(webDist, { recursive: true, force: true });
});

describe('bad input', () => {
  const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
    web.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { 'content-type': 'application/json', ...headers },
      payload,
    });
  const code = (answer: { json(): unknown }): string =>
    (answer.json() as { error: { code: string } }).error.code;

  it.each([
    ['half a JSON', '{"email": "a', 400, 'bad_json'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400, 'bad_json'],
    ['a key that would reach the prototype', '{"__proto__": {"x": 1}}', 400, 'bad_json'],
    ['no body at all', '', 400, 'malformed'],
    ['an array', '[]', 400, 'malformed'],
    ['null', 'null', 400, 'malformed'],
    ['an unknown key', '{"email":"a@b.c","password":"x","admin":true}', 400, 'malformed'],
    ['a wrong type', '{"email":1,"password":"x"}', 400, 'malformed'],
    ['20 MB', JSON.stringify({ email: 'x'.repeat(20_000_000) }), 413, 'too_large'],
  ])('%s is refused', async (_what, payload, status, expected) => {
    const answer = await post(payload);
    expect([answer.statusCode, code(answer)]).toEqual([status, expected]);
    const { error } = answer.json() as { error: Record<string, string> };
    expect(error.message).toBeTruthy();
    expect(error.hint).toBeTruthy();
    expect(error.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/json; charset=utf-8', 401],
  ])('a body of %s is answered %i', async (type, status) => {
    const answer = await post('{"email":"no@b.c","password":"xxxxxxxxx"}', {
      'content-type': type,
    });
    expect(answer.statusCode).toBe(status);
  });

  it('names the field of an unknown key and of a nested one', async () => {
    const unknown = await admin.call('POST', '/lines', { name: 'x', colour: 'red' });
    expect(unknown.body.error).toMatchObject({ code: 'malformed', field: 'colour' });
    const nested = await admin.call('POST', '/lines', {
      name: 'x',
      hours: { mon: [['09:00', '25:00']] },
    });
    expect(nested.body.error).toMatchObject({ field: 'hours.mon.0.1' });
    expect(nested.body.error.message).toContain('HH:MM');
  });

  it.each([
    ['/api/v1/%zz', 400],
    ['/api/v1/nothing', 404],
    ['/api/v1/lines/nonsense', 404],
    ['/api/v1/lines/0123456789abcdef01234567', 404],
    [`/api/v1/lines/${'x'.repeat(5_000)}`, 404],
    ['/api/v1/lines?limit=0', 400],
    ['/api/v1/lines?limit=201', 400],
    ['/api/v1/lines?limit=ten', 400],
    ['/api/v1/users?cursor=%00bad', 400],
    ['/api/v1/conversations?filter[state]=gone', 400],
    ['/api/v1/conversations?filter[nonsense]=1', 400],
    ['/api/v1/conversations?page=2', 400],
  ])('GET %s is answered %i with an error body', async (url, status) => {
    const answer = await web.app.inject({ url, headers: { cookie: admin.cookie } });
    expect(answer.statusCode).toBe(status);
    expect((answer.json() as { error: { code: string } }).error.code).toBeTruthy();
  });

  it('a defect of ours is logged under the id that the answer names, and says nothing of itself', async () => {
    const { all } = web.desk.stores.lines;
    web.desk.stores.lines.all = () => Promise.reject(new Error('the inner secret'));
    const answer = await admin.call('GET', '/lines');
    web.desk.stores.lines.all = all;
    expect([answer.status, answer.body.error.code]).toEqual([500, 'internal']);
    expect(JSON.stringify(answer.body)).not.toContain('inner secret');
    const line = web.logLines.find((text) => text.includes(answer.body.error.requestId));
    expect(line).toContain('a request failed');
  });

  it('too many calls of one address are refused with the time to wait, and the inbox is still served', async () => {
    const busy = await openTestWeb({ webDist, callsPerMinute: 3 });
    const calls = [];
    for (let call = 0; call < 4; call++) calls.push(await busy.app.inject('/api/v1/setup'));
    expect(calls.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429]);
    expect(calls[3]?.json().error.code).toBe('too_many');
    expect(Number(calls[3]?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await busy.app.inject('/')).statusCode).toBe(200);
    await busy.close();
  });

  it('who hangs up meanwhile is no fault of ours, and nothing is logged of it', async () => {
    const { port } = await listening();
    const before = web.logLines.length;
    for (let turn = 0; turn < 60; turn++) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write('GET /api/v1/setup HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(8));
      if (turn % 2) await new Promise(setImmediate);
      socket.resetAndDestroy();
      await once(socket, 'close');
    }
    await until(
      'an answer after them',
      async () => (await web.call('GET', '/setup')).status === 200,
    );
    expect(web.logLines.slice(before).filter((line) => line.includes('failed'))).toEqual([]);
  });

  it('believes nobody’s word for another address, unless that proxy is trusted', async () => {
    const addressOf = async (trustProxy: boolean | string): Promise<string | null | undefined> => {
      const one = await openTestWeb({ trustProxy });
      await one.call(
        'POST',
        '/session',
        { email: 'x@example.org', password: 'xxxxxxxx' },
        { 'x-forwarded-for': '203.0.113.7' },
      );
      const { items } = await one.desk.stores.audit.list({ limit: 1 });
      await one.close();
      return items[0]?.address;
    };
    expect(await addressOf(false)).toBe('127.0.0.1');
    expect(await addressOf('192.0.2.1')).toBe('127.0.0.1');
    expect(await addressOf('127.0.0.1')).toBe('203.0.113.7');
  });

  it('nobody gets in without signing in', async () => {
    for (const url of [
      '/session',
      '/users',
      '/lines',
      '/conversations',
      '/channels',
      '/audit',
      '/webhooks',
    ])
      expect((await web.call('GET', url)).status, url).toBe(401);
  });
});

describe('the pages', () => {
  it('are the inbox at / and at every address of its router, under a strict policy', async () => {
    for (const url of ['/', '/talks/123', '/settings/lines']) {
      const page = await web.app.inject(url);
      expect([page.statusCode, page.payload], url).toEqual([
        200,
        '<!doctype html><title>Inbox</title>',
      ]);
      expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(page.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
      expect(page.headers['x-content-type-options']).toBe('nosniff');
      expect(page.headers['cache-control']).toBe('no-cache');
    }
  });

  it('keep hashed files for a year and others not', async () => {
    const hashed = await web.app.inject('/assets/main-abc.js');
    expect([hashed.statusCode, hashed.headers['cache-control']]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    expect(hashed.headers['content-type']).toContain('javascript; charset=utf-8');
    expect((await web.app.inject('/icon.svg')).headers['cache-control']).toBe('no-cache');
  });

  it('go packed to browsers that take it, and not again while they have them', async () => {
    const headers = { 'accept-encoding': 'br, gzip' };
    for (const url of ['/', '/assets/main-abc.js', '/icon.svg']) {
      const plain = await web.app.inject(url);
      const packed = await web.app.inject({ url, headers });
      expect(packed.headers['content-encoding'], url).toBe('gzip');
      expect(gunzipSync(packed.rawPayload).toString(), url).toBe(plain.payload);
      expect(packed.headers['content-type']).toMatch(/charset=utf-8$/);
      expect([packed.headers.vary, plain.headers.vary]).toEqual([
        'accept-encoding',
        'accept-encoding',
      ]);
      const again = await web.app.inject({
        url,
        headers: { ...headers, 'if-none-match': String(packed.headers.etag) },
      });
      expect([again.statusCode, again.payload], url).toEqual([304, '']);
    }
    writeFileSync(path.join(webDist, 'inbox', 'assets', 'main-abc.js'), 'let changed;');
    const changed = await web.app.inject({ url: '/assets/main-abc.js', headers });
    expect(gunzipSync(changed.rawPayload).toString()).toBe('let changed;');
  });

  it.each([
    '/assets/none.js',
    '/none.png',
    '/api/none',
    '/hooks/none',
    '/assets/..%2f..%2foutside.txt',
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
  ])('%s is not there', async (url) => {
    const answer = await web.app.inject(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.payload).not.toContain('not for you');
  });

  it('say what to do when they are not built', async () => {
    const bare = await openTestWeb({ webDist: path.join(webDist, 'nowhere') });
    const page = await bare.app.inject('/');
    expect([page.statusCode, page.payload.includes('npm run build')]).toEqual([503, true]);
    await bare.close();
  });
});

describe('health, metrics and documents', () => {
  it('tells that it lives and that it is ready', async () => {
    expect((await web.app.inject('/healthz')).json()).toEqual({ status: 'ok' });
    const ready = await web.app.inject('/readyz');
    expect([ready.statusCode, ready.json()]).toMatchObject([
      200,
      { status: 'ready', database: 'ok' },
    ]);
    const { all } = web.desk.stores.accounts;
    web.desk.stores.accounts.all = () => Promise.reject(new Error('gone'));
    expect((await web.app.inject('/readyz')).statusCode).toBe(503);
    web.desk.stores.accounts.all = all;
  });

  it('shows metrics to administrators and the scraper only', async () => {
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await web.app.inject({ url: '/metrics', headers })).statusCode;
    const operator = await web.browser('Otto', 'operator');
    expect(await status({})).toBe(401);
    expect(await status({ authorization: 'Bearer a-token-for-nobody' })).toBe(401);
    expect(await status({ cookie: operator.cookie })).toBe(403);
    expect(await status({ cookie: admin.cookie })).toBe(200);
    const scraped = await web.app.inject({
      url: '/metrics',
      headers: { authorization: 'Bearer a-token-for-scrapers' },
    });
    expect(scraped.payload).toContain('openline_messages_total');
  });

  it('documents every endpoint with schemas that are there', async () => {
    const document = (await web.app.inject('/api/v1/openapi.json')).json() as {
      paths: Record<string, Record<string, { operationId: string }>>;
      components: { schemas: Record<string, unknown> };
    };
    expect(Object.keys(document.paths)).toContain('/conversations/{id}/messages');
    const refs = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    for (const [, name] of refs)
      expect(document.components.schemas, name).toHaveProperty(name ?? '');
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('serves the page that shows the document, from its own files', async () => {
    const page = await web.app.inject('/api/docs');
    expect(
      page.statusCode === 302 ? (await web.app.inject('/api/docs/')).payload : page.payload,
    ).toContain('swagger-ui-bundle.js');
    expect((await web.app.inject('/api/docs/swagger-ui-bundle.js')).statusCode).toBe(200);
    expect((await web.app.inject('/api/docs/package.json')).statusCode).toBe(404);
  });
});

describe('provider webhooks', () => {
  const SECRET = 'sandbox-secret-for-tests';

  it('reach the channel with their bytes, and whatever Host the caller names changes nothing', async () => {
    const line = await web.line('Sales', []);
    const account = await web.account(line, 'sandbox', { secret: SECRET });
    let seen: { url: string; path: string; query: object; body: Buffer } | undefined;
    const { webhook } = web.desk.ingress;
    web.desk.ingress.webhook = (type, id, request) => {
      seen = { ...request, query: request.query };
      return webhook(type, id, request);
    };
    const bytes = Buffer.from([0, 255, 1, 254]);
    const answer = await web.app.inject({
      method: 'POST',
      url: `/hooks/sandbox/${account.id}/deep/er?a=1&a=2&b=x%20y`,
      headers: { host: 'evil.example', 'content-type': 'application/x-strange' },
      payload: bytes,
    });
    web.desk.ingress.webhook = webhook;
    expect(seen).toMatchObject({
      path: '/deep/er',
      url: `${web.desk.publicUrl}/hooks/sandbox/${account.id}/deep/er?a=1&a=2&b=x%20y`,
      query: { a: '1', b: 'x y' },
      body: bytes,
    });
    expect(answer.statusCode).toBe(401);
  });

  it('refuse unknown accounts, unknown kinds and what is too large', async () => {
    const nobody = await web.app.inject({
      method: 'POST',
      url: '/hooks/sandbox/0123456789abcdef01234567',
      payload: '{}',
    });
    expect(nobody.statusCode).toBe(404);
    const noKind = await web.app.inject({ method: 'POST', url: '/hooks/pigeon/1', payload: '{}' });
    expect(noKind.statusCode).toBe(404);
    const huge = await web.app.inject({
      method: 'POST',
      url: '/hooks/sandbox/0123456789abcdef01234567',
      payload: Buffer.alloc(web.desk.ingress.maxBytes('sandbox') + 1),
    });
    expect(huge.statusCode).toBe(413);
  });

  it('stop reading a body without a length once it is too large', async () => {
    const { port } = await listening();
    const status = await new Promise<number | string>((resolve) => {
      const sending = httpRequest(
        {
          port,
          host: '127.0.0.1',
          method: 'POST',
          path: '/hooks/sandbox/0123456789abcdef01234567',
        },
        (answer) => resolve(answer.statusCode ?? 0),
      );
      sending.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
      for (let part = 0; part < 80; part++) sending.write(Buffer.alloc(256 * 1024));
      sending.end();
    });
    expect([413, 'EPIPE', 'ECONNRESET']).toContain(status);
    expect((await web.app.inject('/healthz')).statusCode).toBe(200);
  });
});

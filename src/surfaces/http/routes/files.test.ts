import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer, TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';
import type { AccountRecord } from '../../../domain/accounts/account.ts';

let web: TestWeb;
let ann: TestBrowser;
let eve: TestBrowser;
let account: AccountRecord;
beforeAll(async () => {
  web = await openTestWeb();
  const admin = await web.browser('Root', 'administrator');
  ann = await web.browser('Ann', 'operator');
  eve = await web.browser('Eve', 'operator');
  const { body } = await admin.call('POST', '/lines', {
    name: 'Sales',
    members: [ann.session.user.id],
  });
  account = await web.account(await web.desk.stores.lines.get(body.id), 'sandbox', {
    secret: 'sandbox-secret-for-tests',
  });
});
afterAll(() => web.close());

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const upload = async (
  name: string,
  type: string,
  bytes: Buffer,
  field = 'file',
): Promise<Answer> => {
  const mark = '----a-mark-between-parts';
  const head = `--${mark}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
  const answer = await web.app.inject({
    method: 'POST',
    url: '/api/v1/files',
    headers: {
      cookie: ann.cookie,
      'x-csrf-token': ann.session.csrf,
      'content-type': `multipart/form-data; boundary=${mark}`,
    },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${mark}--\r\n`)]),
  });
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
};
const read = (url: string, headers: Record<string, string> = {}) =>
  web.app.inject({ url, headers });

it('a file is what its bytes say, whatever the browser says', async () => {
  const picture = await upload('cat.png', 'image/png', PNG);
  expect(picture.status).toBe(201);
  expect(picture.body).toMatchObject({
    name: 'cat.png',
    mime: 'image/png',
    size: PNG.length,
    state: 'ready',
  });
  const lie = await upload('cat.png', 'image/png', Buffer.from('<script>alert(1)</script>'));
  expect(lie.body.mime).not.toMatch(/^image/);
  const page = await upload('page.html', 'text/html', Buffer.from('<script>alert(1)</script>'));
  const served = await read(page.body.url);
  expect(served.headers['content-type']).not.toContain('html');
  expect(served.headers['content-disposition']).toMatch(/^attachment/);
});

it('is read by its signed address: in place when it is a picture, sandboxed, its kind not guessed', async () => {
  const { url } = (await upload('cat.png', 'image/png', PNG)).body;
  const answer = await read(url);
  expect(answer.statusCode).toBe(200);
  expect(answer.rawPayload.equals(PNG)).toBe(true);
  expect(answer.headers).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': `inline; filename="cat.png"; filename*=UTF-8''cat.png`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'accept-ranges': 'bytes',
  });
});

it('is not read with another signature, another id, a later end, or after its end', async () => {
  const { url, id } = (await upload('cat.png', 'image/png', PNG)).body as {
    url: string;
    id: string;
  };
  const other = (await upload('dog.png', 'image/png', PNG)).body.id as string;
  const end = Number(new URL(url, 'http://x').searchParams.get('e'));
  for (const wrong of [
    url.replace(/s=.{4}/, 's=AAAA'),
    url.replace(id, other),
    url.replace(`e=${end}`, `e=${end + 1}`),
  ])
    expect((await read(wrong)).statusCode).toBe(403);
  expect((await read(url.split('?')[0] ?? '')).statusCode).toBe(404);
  const now = web.clock.now();
  web.clock.set(new Date(end * 1000 + 1));
  expect((await read(url)).statusCode).toBe(403);
  web.clock.set(now);
});

it('is read in parts', async () => {
  const { url } = (await upload('letters.txt', 'text/plain', Buffer.from('0123456789'))).body;
  const middle = await read(url, { range: 'bytes=2-4' });
  expect([middle.statusCode, middle.payload, middle.headers['content-range']]).toEqual([
    206,
    '234',
    'bytes 2-4/10',
  ]);
  const end = await read(url, { range: 'bytes=-3' });
  expect(end.payload).toBe('789');
  const beyond = await read(url, { range: 'bytes=10-' });
  expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, 'bytes */10']);
});

it.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\\\temp\\\\photo.png', 'photo.png'],
  ['.htaccess', 'htaccess'],
  ['Rechnung März “Ende”.pdf', 'Rechnung März “Ende”.pdf'],
  ['exe\u202Efdp.txt', 'exefdp.txt'],
])('the name %j becomes %j', async (given, name) => {
  const answer = await upload(given, 'application/octet-stream', Buffer.from('x'));
  expect(answer.body.name).toBe(name);
  const served = await read(answer.body.url);
  expect(served.statusCode).toBe(200);
  expect(served.headers['content-disposition']).toContain(
    `filename*=UTF-8''${encodeURIComponent(name)}`,
  );
});

it('larger than 50 MiB is refused, empty is refused, and no form is refused', async () => {
  const large = await upload(
    'big.bin',
    'application/octet-stream',
    Buffer.alloc(50 * 1024 * 1024 + 1),
  );
  expect([large.status, large.body.error.code]).toEqual([413, 'too_large']);
  expect((await upload('none.txt', 'text/plain', Buffer.alloc(0))).status).toBe(422);
  expect((await ann.call('POST', '/files', { file: 'x' })).status).toBe(415);
});

it('goes out with a message, and is seen by those who see the talk', async () => {
  const talk = await web.write(account, 'chat-1', 'send me a picture');
  const file = (await upload('cat.png', 'image/png', PNG)).body;
  expect((await eve.call('GET', `/files/${file.id}`)).status).toBe(404);
  const sent = await ann.call('POST', `/conversations/${talk.id}/messages`, {
    text: 'here',
    fileIds: [file.id],
    clientId: 'c1',
  });
  expect(sent.status).toBe(201);
  expect(sent.body.parts.find((part: { kind: string }) => part.kind === 'image').file.id).toBe(
    file.id,
  );
  expect((await ann.call('GET', `/files/${file.id}`)).body.url).toBe(file.url);
  expect((await eve.call('GET', `/files/${file.id}`)).status).toBe(404);
  const again = await ann.call('POST', `/files/${file.id}/retry`);
  expect([again.status, again.body.error.code]).toEqual([422, 'rule_broken']);
});

it('that could not be fetched from its provider is fetched again when somebody asks', async () => {
  const talk = await web.write(account, 'chat-2', 'hello');
  const failed = await web.desk.stores.files.create({
    name: 'lost.jpg',
    mime: 'image/jpeg',
    size: null,
    width: null,
    height: null,
    durationMs: null,
    state: 'failed',
    detail: 'The provider has it no more.',
    storageKey: null,
    source: { accountId: account.id, file: { ref: 'nowhere' } },
    conversationId: talk.id,
    messageId: null,
    uploadedBy: null,
    nextAt: web.clock.now(),
  });
  expect((await eve.call('POST', `/files/${failed.id}/retry`)).status).toBe(404);
  const retried = await ann.call('POST', `/files/${failed.id}/retry`);
  expect([retried.status, retried.body.state]).toEqual([200, 'pending']);
  expect((await ann.call('POST', `/files/${failed.id}/retry`)).status).toBe(409);
});

it.each([
  ['no boundary', 'multipart/form-data', 'x'],
  [
    'a body that ends early',
    'multipart/form-data; boundary=b',
    '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf',
  ],
  ['a body that is no form', 'multipart/form-data; boundary=b', 'just text'],
  ['nothing', 'multipart/form-data; boundary=b', ''],
  [
    'a form without a file',
    'multipart/form-data; boundary=b',
    '--b\r\ncontent-disposition: form-data; name="x"\r\n\r\ny\r\n--b--\r\n',
  ],
])('an upload with %s is refused', async (_what, type, payload) => {
  const answer = await web.app.inject({
    method: 'POST',
    url: '/api/v1/files',
    headers: { cookie: ann.cookie, 'x-csrf-token': ann.session.csrf, 'content-type': type },
    payload,
  });
  expect([answer.statusCode, answer.json().error.code]).toEqual([400, 'malformed']);
});

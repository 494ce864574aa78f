import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';
import type { AccountRecord } from '../../../domain/accounts/account.ts';
import type { DomainEventOf } from '../../../domain/events/events.ts';

let web: TestWeb;
let ann: TestBrowser;
let bob: TestBrowser;
let eve: TestBrowser;
let account: AccountRecord;
const alerts: DomainEventOf<'alert'>[] = [];
beforeAll(async () => {
  web = await openTestWeb();
  const boss = await web.browser('Root', 'administrator');
  [ann, bob, eve] = await Promise.all([
    web.browser('Ann', 'operator'),
    web.browser('Bob', 'operator'),
    web.browser('Eve', 'operator'),
  ]);
  const members = [ann.session.user.id, bob.session.user.id];
  const line = await boss.call('POST', '/lines', { name: 'Sales', members });
  account = await web.account(await web.desk.stores.lines.get(line.body.id), 'sandbox', {
    secret: 'sandbox-secret-for-tests',
  });
  web.desk.bus.on('alert', (event) => void alerts.push(event));
});
afterAll(() => web.close());

let serial = 0;
const talk = async (): Promise<string> => {
  const { id } = await web.write(account, `mentions-${++serial}`, 'hi');
  await ann.call('POST', `/conversations/${id}/take`);
  return id;
};
const note = (id: string, text: string, clientId = `note-${++serial}`) =>
  ann.call('POST', `/conversations/${id}/messages`, { text, clientId, note: true });
const userId = (who: TestBrowser): string => who.session.user.id;
const calls = (id: string) =>
  alerts.filter(({ conversationId, title }) => conversationId === id && /mentions you/.test(title));

it('tells the colleague whom a note names, and nobody for what only looks like a name', async () => {
  const id = await talk();
  const { body } = await note(id, 'Mail me at ann@bob.example, @nobody; (@BOB) knows them, @ann.');
  expect(body.mentions).toEqual([userId(bob)]);
  expect(calls(id)).toMatchObject([
    { audience: { userIds: [userId(bob)] }, title: 'Ann mentions you' },
  ]);
  const { items } = (await bob.call('GET', `/conversations/${id}/messages`)).body;
  expect(items.at(-1)).toMatchObject({ direction: 'note', mentions: [userId(bob)] });
});

it('lets in who does not see the talk', async () => {
  const id = await talk();
  expect((await eve.call('GET', `/conversations/${id}`)).status).toBe(404);
  await note(id, '@eve what do you think?', 'twice');
  const seen = await eve.call('GET', `/conversations/${id}`);
  expect(seen.body.guests).toEqual([{ id: userId(eve), name: 'Eve' }]);
  await note(id, '@eve what do you think?', 'twice');
  const { items } = (await eve.call('GET', `/conversations/${id}/messages`)).body;
  const texts = items.map(({ text }: { text: string }) => text);
  expect(texts.filter((text: string) => text === 'Ann invited Eve.')).toHaveLength(1);
  expect(texts.filter((text: string) => text.startsWith('@eve'))).toHaveLength(1);
});

it('writes nothing when the talk is closed and the colleague could not see it', async () => {
  const id = await talk();
  await ann.call('POST', `/conversations/${id}/close`, {});
  const refused = await note(id, '@eve for you');
  expect(refused).toMatchObject({ status: 422, body: { error: { field: 'text' } } });
  expect(refused.body.error.message).toContain('Eve does not see this closed talk.');
  const { items } = (await ann.call('GET', `/conversations/${id}/messages`)).body;
  expect(items.some(({ direction }: { direction: string }) => direction === 'note')).toBe(false);
  expect((await note(id, '@bob for you')).body.mentions).toEqual([userId(bob)]);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';
import type { AccountRecord } from '../../../domain/accounts/account.ts';

let web: TestWeb;
let boss: TestBrowser;
let ann: TestBrowser;
let bob: TestBrowser;
let lineId: string;
let account: AccountRecord;
const signature = { on: true, text: ' {{operator.name}}, {{line.name}} {{no.such}} ' };
beforeAll(async () => {
  web = await openTestWeb();
  boss = await web.browser('Root', 'administrator');
  [ann, bob] = await Promise.all([web.browser('Ann', 'operator'), web.browser('Bob', 'operator')]);
  const members = [ann.session.user.id, bob.session.user.id];
  const made = await boss.call('POST', '/lines', { name: 'Sales', members, signature });
  lineId = made.body.id;
  account = await web.account(await web.desk.stores.lines.get(lineId), 'sandbox', {
    secret: 'sandbox-secret-for-tests',
  });
});
afterAll(() => web.close());

let serial = 0;
const talk = async (): Promise<string> => (await web.write(account, `signed-${++serial}`, 'hi')).id;
const says = async (who: TestBrowser, id: string, text: string, more: object = {}) => {
  const body = { text, clientId: `signed-${++serial}`, ...more };
  return (await who.call('POST', `/conversations/${id}/messages`, body)).body;
};
const SIGNED = '\n\nAnn, Sales {{no.such}}';

describe('the signature of a line', () => {
  it('stands under the first answer of a person, not under the next ones', async () => {
    const id = await talk();
    expect((await says(ann, id, 'Hello')).text).toBe(`Hello${SIGNED}`);
    expect((await says(ann, id, 'One more thing')).text).toBe('One more thing');
  });

  it('comes again when another person answers, and in a new session', async () => {
    const id = await talk();
    await says(ann, id, 'Hello');
    expect((await says(boss, id, 'It is me now')).text).toBe(
      'It is me now\n\nRoot, Sales {{no.such}}',
    );
    expect((await says(ann, id, 'Back')).text).toBe(`Back${SIGNED}`);
    await ann.call('POST', `/conversations/${id}/close`, {});
    expect((await says(ann, id, 'By the way')).text).toBe(`By the way${SIGNED}`);
  });

  it('does not stand under notes, and a repeated send stays the same message', async () => {
    const id = await talk();
    expect((await says(ann, id, 'internal', { note: true })).text).toBe('internal');
    const first = await says(ann, id, 'Hello', { clientId: 'signed-twice' });
    const again = await says(ann, id, 'Hello', { clientId: 'signed-twice' });
    expect([again.id, again.text]).toEqual([first.id, `Hello${SIGNED}`]);
  });

  it('is left out where it would make a second message', async () => {
    const id = await talk();
    const max = web.desk.channels.get('sandbox')?.capabilities.text.max ?? 0;
    const long = 'x'.repeat(max - 5);
    expect((await says(ann, id, long)).text).toBe(long);
  });

  it('is off without being set; on without a text it is refused', async () => {
    const plain = await boss.call('POST', '/lines', { name: 'Plain' });
    expect(plain.body.signature).toEqual({ on: false, text: '' });
    const wrong = await boss.call('PATCH', `/lines/${lineId}`, {
      signature: { on: true, text: ' ' },
    });
    expect([wrong.status, wrong.body.error.message]).toEqual([
      400,
      'signature.text: give the text of the signature, or turn it off.',
    ]);
    await boss.call('PATCH', `/lines/${lineId}`, { signature: { ...signature, on: false } });
    const id = await talk();
    expect((await says(ann, id, 'Hello')).text).toBe('Hello');
    await boss.call('PATCH', `/lines/${lineId}`, { signature });
  });

  it('leaves a list with who wrote last', async () => {
    const id = await talk();
    await says(ann, id, 'Hello');
    const { items } = (await bob.call('GET', '/conversations?limit=5')).body;
    expect(items.find((one: { id: string }) => one.id === id).lastMessage.author).toMatchObject({
      kind: 'user',
      name: 'Ann',
    });
  });
});

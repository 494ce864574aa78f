import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';
import type { DomainEvent } from '../../../domain/events/events.ts';

let web: TestWeb;
let ann: TestBrowser;
let bob: TestBrowser;
let eve: TestBrowser;
let id: string;
const events: DomainEvent[] = [];
beforeAll(async () => {
  web = await openTestWeb();
  web.desk.bus.on('draft.changed', (event) => void events.push(event));
  const boss = await web.browser('Root', 'administrator');
  [ann, bob, eve] = await Promise.all([
    web.browser('Ann', 'operator'),
    web.browser('Bob', 'operator'),
    web.browser('Eve', 'operator'),
  ]);
  const members = [ann.session.user.id, bob.session.user.id];
  const line = await boss.call('POST', '/lines', { name: 'Sales', members });
  const account = await web.account(await web.desk.stores.lines.get(line.body.id), 'sandbox', {
    secret: 'sandbox-secret-for-tests',
  });
  id = (await web.write(account, 'drafts', 'hi')).id;
});
afterAll(() => web.close());

const save = (who: TestBrowser, body: object) =>
  who.call('PUT', `/conversations/${id}/draft`, body);
const drafts = async (who: TestBrowser) => (await who.call('GET', '/drafts')).body.items;

describe('drafts', () => {
  it('are kept for their writer alone, one in a talk', async () => {
    expect((await save(ann, { text: 'Dear' })).body).toMatchObject({
      conversationId: id,
      text: 'Dear',
      note: false,
    });
    await save(ann, { text: 'She is a VIP', note: true });
    expect(await drafts(ann)).toMatchObject([
      { conversationId: id, text: 'She is a VIP', note: true },
    ]);
    expect(await drafts(bob)).toEqual([]);
    expect(events.at(-1)).toMatchObject({ draft: { userId: ann.session.user.id, note: true } });
    // Nothing of it is in the talk.
    const { items } = (await bob.call('GET', `/conversations/${id}/messages`)).body;
    expect(JSON.stringify(items)).not.toContain('VIP');
  });

  it('end with an empty text', async () => {
    await save(ann, { text: 'x' });
    expect((await save(ann, { text: '  ' })).body.text).toBe('');
    expect(await drafts(ann)).toEqual([]);
  });

  it('are refused in talks that are not to be seen, and when they are no text', async () => {
    expect((await save(eve, { text: 'x' })).status).toBe(404);
    expect((await save(ann, { text: 7 })).status).toBe(400);
    expect((await save(ann, {})).status).toBe(400);
    expect((await save(ann, { text: 'x'.repeat(20_001) })).status).toBe(400);
    expect(await drafts(ann)).toEqual([]);
  });
});

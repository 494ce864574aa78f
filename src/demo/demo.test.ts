import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../test/harness/log.ts';
import { freshDatabaseUri } from '../../test/harness/stores.ts';
import { until } from '../../test/harness/until.ts';
import { readConfig } from '../app/config.ts';
import type {
  ConversationView,
  DealView,
  DeliveryView,
  DepartmentView,
  FlowView,
  LineView,
  MessageView,
  Page,
  UserView,
} from '../contract/wire.ts';
import type { Caller } from './caller.ts';
import { signIn } from './caller.ts';
import { ADMIN } from './company.ts';
import type { Demo } from './start-demo.ts';
import { startDemo } from './start-demo.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'openline-demo-test-'));
let demo: Demo;
let admin: Caller;

const list = async <T>(route: string): Promise<T[]> =>
  (await admin.call<Page<T>>('GET', route)).items;
const messagesOf = (id: string): Promise<MessageView[]> =>
  list<MessageView>(`/conversations/${id}/messages?limit=100`);

beforeAll(async () => {
  const config = readConfig({ PORT: '0', MONGODB_URI: freshDatabaseUri(), DATA_DIR: dataDir });
  demo = await startDemo(config, { log: silentLog, pace: { everyMs: 60_000, answerMs: 100 } });
  admin = await signIn(demo.openline.url, ADMIN.email, ADMIN.password);
}, 180_000);
afterAll(async () => {
  await demo?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the demo', () => {
  it('has three lines that give out talks in three ways', async () => {
    const lines = await list<LineView>('/lines');
    expect(lines.map(({ queue }) => queue).toSorted()).toEqual(['all', 'evenly', 'strictly']);
  });

  it('tells talks of several days: waiting, open and closed ones, over several turns', async () => {
    const talks = await list<ConversationView>('/conversations?limit=100');
    expect(talks).toHaveLength(39);
    const count = (state: string): number => talks.filter((talk) => talk.state === state).length;
    expect(count('closed')).toBeGreaterThan(15);
    expect(count('open')).toBeGreaterThan(5);
    expect(count('waiting')).toBeGreaterThan(2);
    const ages = talks.map(({ openedAt }) => Date.now() - Date.parse(openedAt));
    expect(Math.max(...ages)).toBeGreaterThan(2 * 86_400_000);
  });

  it('keeps the order and the times in which things happened', async () => {
    const [ann] = await list<ConversationView>('/conversations?q=Ann%20Lee');
    const messages = await messagesOf(ann?.id ?? '');
    expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
    const times = messages.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
    expect(ann?.outcome).toBe('won');
  });

  it('shows pictures, notes, reactions, corrections and what was taken back', async () => {
    const talks = await list<ConversationView>('/conversations?limit=100');
    const all = (await Promise.all(talks.map(({ id }) => messagesOf(id)))).flat();
    const files = all.flatMap(({ parts }) => parts.flatMap((part) => ('file' in part ? part : [])));
    expect(files.length).toBeGreaterThan(7);
    await until('every file to be fetched', async () => {
      const fetched = (await Promise.all(talks.map(({ id }) => messagesOf(id)))).flat();
      return fetched.every(({ parts }) =>
        parts.every((part) => !('file' in part) || part.file.state === 'ready'),
      );
    });
    expect(all.filter(({ direction }) => direction === 'note').length).toBeGreaterThan(5);
    expect(all.some(({ reactions }) => reactions.length > 0)).toBe(true);
    expect(all.some(({ direction, edits }) => direction === 'in' && edits.length > 0)).toBe(true);
    expect(all.some(({ direction, edits }) => direction === 'out' && edits.length > 0)).toBe(true);
    expect(all.some(({ removedAt }) => removedAt !== null)).toBe(true);
    expect(all.some(({ delivery }) => delivery?.state === 'read')).toBe(true);
  });

  it('has one answer that failed and one that nobody is sure of', async () => {
    const failed = await list<DeliveryView>('/deliveries?filter[state]=failed');
    const uncertain = await list<DeliveryView>('/deliveries?filter[state]=uncertain');
    expect(failed.map(({ contactName }) => contactName)).toEqual(['Luca Moretti']);
    expect(uncertain.map(({ contactName }) => contactName)).toEqual(['Felix Braun']);
  });

  it('has leads and deals, open, won and lost', async () => {
    expect((await list('/leads?limit=100')).length).toBeGreaterThan(30);
    const deals = await list<DealView>('/deals?limit=100');
    expect(deals.length).toBeGreaterThan(4);
    expect(deals.some(({ state }) => state === 'lost')).toBe(true);
  });

  it('lets a customer read what is sent now and answer it', async () => {
    const [paul] = await list<ConversationView>('/conversations?q=Paul%20Mercier');
    const id = paul?.id ?? '';
    if (paul?.ownerId === null) await admin.call('POST', `/conversations/${id}/take`, {});
    await admin.call('POST', `/conversations/${id}/messages`, {
      text: 'There are, from 25 EUR.',
      clientId: 'now',
      force: true,
    });
    await until('an answer', async () => {
      const messages = await messagesOf(id);
      const ours = messages.find(({ clientId }) => clientId === 'now');
      return ours?.delivery?.state === 'read' && messages.at(-1)?.direction === 'in';
    });
  });

  it('has a flow of its own in use', async () => {
    const [flow] = await list<FlowView>('/flows');
    expect(flow).toMatchObject({ problems: [], changed: false, lines: [{ name: 'Sales' }] });
  });

  it('has departments with people, and canned answers', async () => {
    const people = await list<UserView>('/users');
    const departments = await list<DepartmentView>('/departments');
    for (const { id } of departments)
      expect(people.some(({ departmentId }) => departmentId === id)).toBe(true);
    expect(departments).toHaveLength(2);
    expect(await list('/canned-answers')).toHaveLength(3);
  });

  it('puts the widget on the page of a pretend shop', async () => {
    const page = await (await fetch(demo.shopUrl)).text();
    const [, source, key] = /src="([^"]+)" data-line="([^"]+)"/.exec(page) ?? [];
    expect(source).toBe(`${demo.openline.url}/widget.js`);
    const [sales] = (await list<LineView>('/lines')).filter(({ name }) => name === 'Sales');
    expect(key).toBe(sales?.key);
  });
});

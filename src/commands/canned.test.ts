import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';
import type { CannedActsView } from '../contract/wire.ts';
import { createCanned } from '../desk/canned/canned.ts';

const NOTHING: CannedActsView = { tags: [], assignTo: null, close: null };
let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
  const make = (shortcut: string, text: string, lineIds: string[] = [], acts = NOTHING) =>
    createCanned(sales.desk, sales.boss, { shortcut, title: '', text, lineIds, acts });
  await make(
    'refund',
    'Dear {{ contact.firstName }}, it is on its way. {{operator.name}}, {{line.name}}',
  );
  await make('done', 'Goodbye.', [], {
    tags: ['refunded'],
    assignTo: null,
    close: { outcome: 'won' },
  });
  const other = await sales.line('Other', []);
  await make('other', 'Not here.', [other.id]);
});
afterAll(() => sales.close());

const last = async (id: string) =>
  (await sales.desk.stores.messages.before(id, Infinity, 20)).findLast(
    ({ direction }) => direction === 'out',
  )?.text;

describe('/canned', () => {
  it('sends the answer with names filled in, a name that looks like a variable as it is', async () => {
    const { conversation } = await sales.customer({
      owner: sales.ann,
      name: '{{operator.name}} Lee',
    });
    const { card } = await sales.run(sales.ann, '/canned Refund', {
      conversationId: conversation.id,
    });
    expect(card.tone).toBe('good');
    expect(await last(conversation.id)).toBe('Dear {{operator.name}}, it is on its way. Ann, Shop');
  });

  it('does its acts after the answer, each once', async () => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    const run = () =>
      sales.run(sales.ann, '/canned done', { conversationId: conversation.id, clientId: 'c1' });
    expect((await run()).card.tone).toBe('good');
    expect((await run()).card.tone).toBe('good');
    expect(await sales.desk.stores.conversations.get(conversation.id)).toMatchObject({
      tags: ['refunded'],
      session: { state: 'closed', outcome: 'won', number: 1 },
    });
    const said = (await sales.desk.stores.messages.before(conversation.id, Infinity, 20)).filter(
      ({ direction }) => direction === 'out',
    );
    expect(said.map(({ text }) => text)).toEqual(['Goodbye.']);
  });

  it('lists those of the line', async () => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    const { card } = await sales.run(sales.ann, '/canned', { conversationId: conversation.id });
    expect(card.blocks).toMatchObject([
      { kind: 'list', items: [{ title: 'done' }, { title: 'refund' }] },
    ]);
  });

  it.each([
    ['/canned refnd', 'Perhaps refund'],
    ['/canned other', 'other lines'],
    ['/canned a b', 'one name'],
  ])('%s is refused, and nothing is sent', async (text, why) => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    const answer = await sales.run(sales.ann, text, { conversationId: conversation.id });
    expect(answer.card.tone).toBe('bad');
    expect(answer.text).toContain(why);
    expect(await last(conversation.id)).toBeUndefined();
  });
});

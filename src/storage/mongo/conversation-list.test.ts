import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStores } from '../../../test/harness/stores.ts';
import type { ConversationFilter, Visibility } from '../../domain/conversations/conversation.ts';
import type { Stores } from '../../domain/stores.ts';
import { newId } from './documents.ts';

let stores: Stores;
let close: () => Promise<void>;
beforeAll(async () => ({ stores, close } = await openTestStores()));
afterAll(() => close());

const id = () => String(newId());
const at = (second: number) => new Date(Date.UTC(2026, 10, 2, 10, 0, second));
const [ann, bob] = [id(), id()];
const [sales, help, shop] = [id(), id(), id()];
const names = new Map<string, string>();

/** A talk by name: on a line, maybe owned, maybe closed; `second` is when it was last active. */
async function talk(
  name: string,
  lineId: string,
  second: number,
  more: { ownerId?: string; closed?: boolean; contactId?: string; accountId?: string } = {},
): Promise<string> {
  const { conversation } = await stores.conversations.findOrOpen({
    ...{
      accountId: more.accountId ?? id(),
      channelType: 'sandbox',
      chat: id(),
      lineId,
      origin: null,
    },
    ...{ contactId: more.contactId ?? id(), contactName: name, at: at(0) },
  });
  const { id: one, session } = conversation;
  names.set(one, name);
  const sessionId = session.id;
  if (more.ownerId) {
    await stores.conversations.claim(
      one,
      { sessionId, ownerId: null },
      more.ownerId,
      at(second),
      '',
    );
  }
  if (more.closed) await stores.conversations.close(one, { sessionId }, at(second), null, null);
  await stores.conversations.bump(one, {
    ...{ seq: 1, unread: 'keep' as const },
    lastMessage: { text: '', at: at(second), direction: 'in' },
  });
  return one;
}

const listed = async (filter: ConversationFilter, visibility: Visibility = null) =>
  (await stores.conversations.list(filter, visibility, { limit: 50 })).items.map((one) =>
    names.get(one.id),
  );

describe('the list of talks', () => {
  const contactId = id();
  const accountId = id();
  beforeAll(async () => {
    await talk('sales waiting', sales, 1);
    await talk('sales of ann', sales, 2, { ownerId: ann });
    await talk('help of ann', help, 3, { ownerId: ann, accountId });
    await talk('help of bob', help, 4, { ownerId: bob, contactId });
    await talk('help waiting', help, 5);
    await talk('shop closed', shop, 6, { ownerId: bob, closed: true });
    await talk('shop of ann closed', shop, 7, { ownerId: ann, closed: true });
  });
  const all = [
    ...['shop of ann closed', 'shop closed', 'help waiting', 'help of bob', 'help of ann'],
    ...['sales of ann', 'sales waiting'],
  ];
  const annSees: Visibility = { lineIds: [sales], ownerId: ann };

  it.each<[string, ConversationFilter, Visibility, string[]]>([
    ['everything', {}, null, all],
    ['a state', { state: 'waiting' }, null, ['help waiting', 'sales waiting']],
    ['a line', { lineId: help }, null, ['help waiting', 'help of bob', 'help of ann']],
    ['a line and a state', { lineId: help, state: 'open' }, null, ['help of bob', 'help of ann']],
    ['an owner', { ownerIds: [ann] }, null, ['shop of ann closed', 'help of ann', 'sales of ann']],
    [
      'several owners of a line',
      { ownerIds: [ann, bob], lineId: help },
      null,
      ['help of bob', 'help of ann'],
    ],
    [
      'several owners by words',
      { ownerIds: [ann, bob], q: 'help' },
      null,
      ['help of bob', 'help of ann'],
    ],
    ['nobody’s of a department without people', { ownerIds: [] }, null, []],
    ['what ann may see of herself and bob', { ownerIds: [ann, bob] }, annSees, ['sales of ann']],
    ['an account', { accountId }, null, ['help of ann']],
    ['a contact', { contactId }, null, ['help of bob']],
    ['words', { q: 'SHOP clo' }, null, ['shop of ann closed', 'shop closed']],
    [
      'what ann may see',
      {},
      annSees,
      ['shop of ann closed', 'help of ann', 'sales of ann', 'sales waiting'],
    ],
    ['what ann may see of a state', { state: 'waiting' }, annSees, ['sales waiting']],
    ['what ann may see of a line not hers', { lineId: help }, annSees, ['help of ann']],
    ['what ann may see of her line', { lineId: sales }, annSees, ['sales of ann', 'sales waiting']],
    ['what ann may see of bob', { ownerIds: [bob] }, annSees, []],
    [
      'what ann may see of herself',
      { ownerIds: [ann], state: 'closed' },
      annSees,
      ['shop of ann closed'],
    ],
    ['what ann may see of bob on a line not hers', { ownerIds: [bob], lineId: help }, annSees, []],
    ['what ann may see of a contact', { contactId }, annSees, []],
    ['what ann may see by words', { q: 'help' }, annSees, ['help of ann']],
    [
      'what somebody without lines may see',
      {},
      { lineIds: [], ownerId: bob },
      ['shop closed', 'help of bob'],
    ],
    ['nothing for an id that is none', { lineId: 'made up' }, null, []],
  ])('gives %s, latest first', async (_what, filter, visibility, expected) => {
    expect(await listed(filter, visibility)).toEqual(expected);
  });

  it('gives every talk once over pages of any size, and none that may not be seen', async () => {
    for (const limit of [1, 2, 3]) {
      const seen: (string | undefined)[] = [];
      let cursor: string | undefined;
      do {
        const page = await stores.conversations.list({}, annSees, { limit, cursor });
        seen.push(...page.items.map((one) => names.get(one.id)));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(seen).toEqual(await listed({}, annSees));
    }
  });

  it('does not lose its place when talks of the same instant arrive between pages', async () => {
    const line = id();
    const made = [];
    for (let turn = 0; turn < 6; turn++) made.push(await talk('same', line, 30));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await stores.conversations.list({ lineId: line }, null, { limit: 2, cursor });
      seen.push(...page.items.map((one) => one.id));
      cursor = page.nextCursor ?? undefined;
      await talk('later', line, 40);
    } while (cursor);
    expect(seen).toEqual(made.reverse());
  });

  it('is narrowed to a whole tag, in every state, newest activity first', async () => {
    const [one, two, other] = [
      await talk('tagged', shop, 1),
      await talk('tagged and closed', shop, 3, { closed: true }),
      await talk('otherwise tagged', shop, 2),
    ];
    await stores.conversations.setTags(one, [], ['late', 'vip']);
    await stores.conversations.setTags(two, [], ['vip']);
    await stores.conversations.setTags(other, [], ['vip customer']);
    expect(await listed({ tag: 'vip' })).toEqual(['tagged and closed', 'tagged']);
    expect(await listed({ tag: 'vip', state: 'waiting' })).toEqual(['tagged']);
    expect(await listed({ tag: 'vip' }, { lineIds: [sales], ownerId: ann })).toEqual([]);
    expect(await listed({ tag: 'none' })).toEqual([]);
  });
});

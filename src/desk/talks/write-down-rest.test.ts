import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dyingStores } from '../../../test/harness/dying-stores.ts';
import { openSales } from '../../../test/harness/sales.ts';
import type { Customer, Sales } from '../../../test/harness/sales.ts';
import { until } from '../../../test/harness/until.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { SYSTEM } from '../../domain/events/events.ts';
import { ensureLead } from '../crm/ensure-lead.ts';
import type { Desk } from '../desk.ts';
import { assignTalk } from './assign-talk.ts';
import { closeTalk } from './close-talk.ts';
import { inviteToTalk } from './invite-to-talk.ts';
import { joinTalk, leaveTalk } from './join-talk.ts';
import { reopenTalk } from './reopen-talk.ts';
import { skipTalk } from './skip-talk.ts';
import { snoozeTalk } from './snooze-talk.ts';
import { tagTalk } from './tag-talk.ts';
import { takeTalk } from './take-talk.ts';
import { transferTalk } from './transfer-talk.ts';
import { writeDownRest } from './write-down-rest.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());
beforeEach(() => {
  sales.events.length = 0;
});

/** What one act does, and what it leaves: sentences in the timeline and in the talk, decisions, and what the bus hears. */
interface Act {
  /** Who has the talk before. */
  owner?: 'ann' | 'boss';
  before?(talk: Conversation): Promise<unknown>;
  act(desk: Desk, id: string): Promise<unknown>;
  made(talk: Conversation): boolean;
  text: string;
  /** Only the timeline tells. */
  silent?: boolean;
  decisions?: number;
  hears?: string;
}

const tomorrow = (): Date => new Date(sales.clock.now().getTime() + 86_400_000);
const ACTS: Record<string, Act> = {
  taking: {
    act: (desk, id) => takeTalk(desk, sales.boss, id),
    made: ({ session }) => session.ownerId === sales.boss.user.id,
    text: 'Cleo took the talk.',
    decisions: 1,
    hears: 'session.assigned',
  },
  assigning: {
    act: (desk, id) => assignTalk(desk, sales.boss, id, sales.bob.user.id),
    made: ({ session }) => session.ownerId === sales.bob.user.id,
    text: 'Cleo gave the talk to Bob.',
    decisions: 1,
    hears: 'session.assigned',
  },
  transferring: {
    owner: 'ann',
    async act(desk, id) {
      const other = await sales.line('Elsewhere', []);
      return transferTalk(desk, sales.boss, id, { lineId: other.id });
    },
    made: ({ session }) => session.ownerId === null,
    text: 'Cleo transferred the talk to Elsewhere.',
    decisions: 1,
    hears: 'session.released',
  },
  skipping: {
    owner: 'boss',
    act: (desk, id) => skipTalk(desk, sales.boss, id),
    made: ({ session }) => session.ownerId === null,
    text: 'Cleo skipped the talk.',
    decisions: 1,
    hears: 'session.released',
  },
  snoozing: {
    owner: 'ann',
    act: (desk, id) => snoozeTalk(desk, sales.boss, id, tomorrow()),
    made: ({ session }) => session.snoozedUntil !== null,
    text: 'Cleo put the talk off until',
    hears: 'session.snoozed',
  },
  tagging: {
    owner: 'ann',
    act: (desk, id) => tagTalk(desk, sales.boss, id, { add: ['vip'] }),
    made: ({ tags }) => tags.includes('vip'),
    text: 'Cleo tagged it vip.',
  },
  inviting: {
    owner: 'ann',
    act: (desk, id) => inviteToTalk(desk, sales.boss, id, sales.bob.user.id),
    made: ({ session }) => session.guests.length > 0,
    text: 'Cleo invited Bob.',
  },
  joining: {
    owner: 'ann',
    act: (desk, id) => joinTalk(desk, sales.boss, id),
    made: ({ session }) => session.watchers.length > 0,
    text: 'Cleo joined silently.',
    silent: true,
    hears: 'conversation.changed',
  },
  leaving: {
    owner: 'ann',
    before: ({ id }) => joinTalk(sales.desk, sales.boss, id),
    act: (desk, id) => leaveTalk(desk, sales.boss, id),
    made: ({ session }) => session.watchers.length === 0,
    text: 'Cleo left.',
    silent: true,
    hears: 'conversation.changed',
  },
  closing: {
    owner: 'ann',
    act: (desk, id) => closeTalk(desk, sales.boss, id, 'won'),
    made: ({ session }) => session.state === 'closed',
    text: 'Cleo closed the talk: won.',
    hears: 'session.closed',
  },
  reopening: {
    owner: 'ann',
    before: ({ id }) => closeTalk(sales.desk, sales.boss, id, null),
    act: (desk, id) => reopenTalk(desk, sales.boss, id),
    made: ({ session }) => session.number === 2,
    text: 'Cleo reopened the talk.',
  },
};

/** A talk that is ready for the act. */
const prepared = async ({ owner, before }: Act): Promise<Customer> => {
  const customer = await sales.customer(owner ? { owner: sales[owner] } : {});
  await before?.(customer.conversation);
  await settled(customer.conversation.id);
  sales.events.length = 0;
  return customer;
};
const talkOf = async (id: string): Promise<Conversation> => {
  const talk = await sales.desk.stores.conversations.get(id);
  if (!talk) throw new Error('no talk');
  return talk;
};
const settled = (id: string): Promise<unknown> =>
  until('all is written down', async () => !(await talkOf(id)).unwritten?.length);
/** How often each of the places says what was done. */
const traces = async (id: string, { text, decisions: wanted = 0 }: Act) => {
  const { stores } = sales.desk;
  const talk = await talkOf(id);
  const says = (what: string): boolean => what.startsWith(text);
  const [timeline, messages, decisions] = await Promise.all([
    sales.timeline('session', talk.session.id),
    stores.messages.before(id, Infinity, 50),
    stores.decisions.ofConversation(id, { limit: 50 }),
  ]);
  return {
    timeline: timeline.filter(says).length,
    events: messages.filter((message) => says(message.text)).length,
    // The queue has its own: nobody is there.
    decisions: decisions.items.filter(({ act }) => wanted > 0 && act !== 'wait').length,
  };
};

describe.each(Object.entries(ACTS))('%s', (_name, one) => {
  it('leaves its event, entry and decision wherever the process dies', async () => {
    let deaths = 0;
    for (let deathAt = 1; ; deathAt++) {
      const { conversation } = await prepared(one);
      const { id } = conversation;
      let writes = 0;
      const stores = dyingStores(sales.desk.stores, () => ++writes === deathAt);
      await one.act({ ...sales.desk, stores }, id).catch(() => {});
      const isDead = (): boolean => writes >= deathAt;
      await until('its end', async () => isDead() || !(await talkOf(id)).unwritten?.length);
      const died = isDead();
      await writeDownRest(sales.desk, 0);
      await settled(id);
      const there = one.made(await talkOf(id)) ? 1 : 0;
      expect(await traces(id, one), `death at write ${deathAt}`).toEqual({
        timeline: there,
        events: one.silent ? 0 : there,
        decisions: there * (one.decisions ?? 0),
      });
      if (one.hears && there) expect(sales.events.map(({ type }) => type)).toContain(one.hears);
      if (!died) break;
      deaths++;
    }
    // The change itself, and what follows from it.
    expect(deaths).toBeGreaterThanOrEqual(3);
  });
});

describe('what is left of a change', () => {
  it('is written down once, however often it is looked for', async () => {
    const act = ACTS.closing as Act;
    const { conversation } = await prepared(act);
    const stores = dyingStores(sales.desk.stores, () => false);
    const dead = new Proxy(stores, {
      get: (target, name) =>
        name === 'timeline'
          ? { record: () => Promise.reject(new Error('died')) }
          : Reflect.get(target, name),
    });
    await expect(act.act({ ...sales.desk, stores: dead }, conversation.id)).rejects.toThrow('died');
    await Promise.all([
      writeDownRest(sales.desk, 0),
      writeDownRest(sales.desk, 0),
      writeDownRest(sales.desk, 0),
    ]);
    await settled(conversation.id);
    await writeDownRest(sales.desk, 0);
    expect(await traces(conversation.id, act)).toMatchObject({ timeline: 1, events: 1 });
  });

  it('is left alone while its process may be at it', async () => {
    const act = ACTS.tagging as Act;
    const { conversation } = await prepared(act);
    let writes = 0;
    const stores = dyingStores(sales.desk.stores, () => ++writes === 2);
    await act.act({ ...sales.desk, stores }, conversation.id).catch(() => {});
    await writeDownRest(sales.desk, 60_000);
    expect((await talkOf(conversation.id)).unwritten).toHaveLength(1);
    sales.clock.advance(60_000);
    await writeDownRest(sales.desk, 60_000);
    await settled(conversation.id);
    expect(await traces(conversation.id, act)).toMatchObject({ timeline: 1, events: 1 });
  });

  it('lets the lead have the owner that its talk has', async () => {
    const { conversation, contact } = await sales.customer();
    await ensureLead(sales.desk, conversation, contact, SYSTEM);
    const { leadId } = await talkOf(conversation.id);
    let writes = 0;
    // The claim passes; nothing after it does.
    const stores = dyingStores(sales.desk.stores, () => ++writes === 2);
    await takeTalk({ ...sales.desk, stores }, sales.boss, conversation.id).catch(() => {});
    const ownerOf = async () => (await sales.desk.stores.leads.get(leadId ?? ''))?.ownerId;
    expect(await ownerOf()).toBeNull();
    await writeDownRest(sales.desk, 0);
    await until('the lead follows', async () => (await ownerOf()) === sales.boss.user.id);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStores } from '../../../test/harness/stores.ts';
import type { DeliveryState } from '../../contract/wire.ts';
import type { Delivery, Message, MessageDraft } from '../../domain/conversations/message.ts';
import type { Stores } from '../../domain/stores.ts';
import { newId } from './documents.ts';

let stores: Stores;
let close: () => Promise<void>;
beforeAll(async () => ({ stores, close } = await openTestStores()));
afterAll(() => close());

const id = () => String(newId());
const at = (second: number) => new Date(Date.UTC(2026, 10, 2, 10, 0, second));
const queued = (more: Partial<Delivery> = {}): Delivery => ({
  ...{ state: 'queued', nextAt: at(0), attempts: 0, stepsDone: 0, leaseBy: null, leaseUntil: null },
  ...{ detail: '', reason: null, sentAt: null, deliveredAt: null, readAt: null, log: [] },
  ...more,
});
const send = async (conversationId: string, more: Partial<MessageDraft> = {}): Promise<Message> => {
  const draft: MessageDraft = {
    ...{
      conversationId,
      accountId: id(),
      sessionId: id(),
      direction: 'out',
      text: 'Hello',
      marks: [],
    },
    ...{ parts: [], author: { kind: 'user', id: id(), name: 'Ann' }, at: at(0), key: id() },
    ...{ clientId: null, externalIds: [], replyTo: null, albumId: null, forwardedFrom: null },
    ...{ event: null, buttons: [], delivery: queued() },
    ...more,
  };
  return (await stores.messages.append(draft, 0)).message;
};
/** A message that went through the outbox into a state. */
const sentAs = async (
  conversationId: string,
  externalId: string,
  state: DeliveryState = 'sent',
  accountId = id(),
): Promise<Message> => {
  const message = await send(conversationId, { accountId });
  if (state === 'queued') return message;
  await stores.outbox.lease(message.id, 'w', at(1), at(60));
  const settled = await stores.outbox.settle(
    message.id,
    'w',
    { state, detail: '', externalIds: [externalId] },
    at(2),
  );
  if (!settled) throw new Error('The message was not settled.');
  return settled;
};
const stateOf = async (message: Message) =>
  (await stores.messages.get(message.id))?.delivery?.state;

describe('taking', () => {
  it('gives the unfinished message with the smallest seq, and one lease of fifty', async () => {
    const conversation = id();
    const first = await send(conversation);
    const second = await send(conversation);
    expect((await stores.outbox.next(conversation))?.message.id).toBe(first.id);
    const leases = await Promise.all(
      Array.from({ length: 50 }, (_, worker) =>
        stores.outbox.lease(first.id, `w${worker}`, at(1), at(31)),
      ),
    );
    const won = leases.filter((lease) => lease !== null);
    expect(won).toHaveLength(1);
    expect(won[0]?.delivery).toMatchObject({ state: 'sending', attempts: 1, leaseUntil: at(31) });
    expect((await stores.outbox.next(conversation))?.message.id).toBe(first.id);
    const holder = won[0]?.delivery?.leaseBy ?? '';
    expect(
      await stores.outbox.settle(first.id, 'another', { state: 'sent', detail: '' }, at(2)),
    ).toBeNull();
    const sent = await stores.outbox.settle(
      first.id,
      holder,
      { state: 'sent', detail: 'done', externalIds: ['x1', 'x2'], stepsDone: 2, sentAt: at(2) },
      at(2),
    );
    expect(sent).toMatchObject({
      externalIds: ['x1', 'x2'],
      delivery: {
        state: 'sent',
        stepsDone: 2,
        sentAt: at(2),
        leaseBy: null,
        log: [{ status: 'sent', detail: 'done' }],
      },
      changedAt: at(2),
    });
    expect(
      await stores.outbox.settle(first.id, holder, { state: 'failed', detail: '' }, at(3)),
    ).toBeNull();
    expect((await stores.outbox.next(conversation))?.message.id).toBe(second.id);
  });

  it('asked for many conversations at once, gives each its own, in order of seq', async () => {
    const conversations = Array.from({ length: 30 }, id);
    const first = new Map<string, string>();
    for (const [place, conversation] of conversations.entries())
      for (let n = 0; n < place % 3; n++) {
        const message = await send(conversation);
        if (n === 0) first.set(conversation, message.id);
      }
    const next = await Promise.all(conversations.map((each) => stores.outbox.next(each)));
    expect(next.map((one) => one?.message.id)).toEqual(
      conversations.map((each) => first.get(each)),
    );
    expect(next.map((one) => one?.more)).toEqual(
      conversations.map((_, place) => [undefined, false, true][place % 3]),
    );
    const leases = await Promise.all(
      [...first.values()].map((message) => stores.outbox.lease(message, 'w', at(1), at(31))),
    );
    expect(leases.map((lease) => lease?.id)).toEqual([...first.values()]);
    // A second holder gets none of them, though its lease would end at the same time.
    const others = await Promise.all(
      [...first.values()].map((message) => stores.outbox.lease(message, 'v', at(1), at(31))),
    );
    expect(others.every((lease) => lease === null)).toBe(true);
    // Ends written together: the holder's pass, each with its own result; of those without a lease none does.
    const ends = await Promise.all(
      [...first.values()].map((message, place) =>
        stores.outbox.settle(
          message,
          place % 4 === 0 ? 'v' : 'w',
          { state: place % 2 === 0 ? 'sent' : 'failed', detail: `end ${place}` },
          at(2),
        ),
      ),
    );
    expect(ends.map((end) => end && [end.id, end.delivery?.state, end.delivery?.detail])).toEqual(
      [...first.values()].map((message, place) =>
        place % 4 === 0 ? null : [message, place % 2 === 0 ? 'sent' : 'failed', `end ${place}`],
      ),
    );
  });

  it('gives each its own though one queue is very long', async () => {
    const [long, short] = [id(), id()];
    await Promise.all(Array.from({ length: 510 }, () => send(long)));
    const last = await send(short);
    const [first, second] = await Promise.all([
      stores.outbox.next(long),
      stores.outbox.next(short),
    ]);
    expect(first?.message.seq).toBe(1);
    expect(second).toMatchObject({ message: { id: last.id }, more: false });
  });

  it('waits until a message is due, and lists conversations once', async () => {
    const conversation = id();
    const accountId = id();
    const message = await send(conversation, { accountId, delivery: queued({ nextAt: at(20) }) });
    await send(conversation, { accountId, delivery: queued({ nextAt: at(20) }) });
    expect(await stores.outbox.lease(message.id, 'w', at(19), at(40))).toBeNull();
    const dueAt = async (second: number) =>
      (await stores.outbox.due(at(second), [], 1000)).filter(
        (due) => due.conversationId === conversation,
      );
    expect(await dueAt(19)).toEqual([]);
    expect(await dueAt(20)).toEqual([{ conversationId: conversation, accountId }]);
    await stores.outbox.wake(accountId, at(5));
    expect(await dueAt(5)).toHaveLength(1);
  });

  it('keeps progress under the lease and puts a deferred message back', async () => {
    const message = await send(id());
    await stores.outbox.lease(message.id, 'w', at(1), at(31));
    expect(await stores.outbox.renew(message.id, 'w', at(50))).toBe(true);
    expect(await stores.outbox.renew(message.id, 'x', at(50))).toBe(false);
    const step = await stores.outbox.settle(
      message.id,
      'w',
      { state: 'sending', detail: '', stepsDone: 1, externalIds: ['s1'] },
      at(2),
    );
    expect(step?.delivery).toMatchObject({
      state: 'sending',
      leaseBy: 'w',
      leaseUntil: at(50),
      stepsDone: 1,
    });
    const back = await stores.outbox.settle(
      message.id,
      'w',
      { state: 'queued', detail: 'busy', nextAt: at(40) },
      at(3),
    );
    expect(back?.delivery).toMatchObject({
      state: 'queued',
      nextAt: at(40),
      stepsDone: 1,
      leaseBy: null,
    });
    expect((await stores.outbox.next(message.conversationId))?.message.id).toBe(message.id);
  });

  it('keeps the last twenty entries of its journal', async () => {
    const message = await send(id());
    for (let turn = 0; turn < 25; turn++) {
      await stores.outbox.lease(message.id, 'w', at(turn), at(60));
      await stores.outbox.settle(
        message.id,
        'w',
        { state: 'queued', detail: `turn ${turn}` },
        at(turn),
      );
    }
    const log = (await stores.messages.get(message.id))?.delivery?.log ?? [];
    expect(log.map(({ detail }) => detail)).toEqual(
      Array.from({ length: 20 }, (_, turn) => `turn ${turn + 5}`),
    );
  });
});

describe('recovering', () => {
  it('finds messages whose sender died, and decides once', async () => {
    const message = await send(id());
    await stores.outbox.lease(message.id, 'w', at(1), at(10));
    const abandonedAt = async (second: number) =>
      (await stores.outbox.abandoned(at(second), 100)).filter((one) => one.id === message.id);
    expect(await abandonedAt(10)).toEqual([]);
    expect(await abandonedAt(11)).toHaveLength(1);
    expect(
      await stores.outbox.recover(message.id, { state: 'uncertain', detail: '' }, at(9)),
    ).toBeNull();
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        stores.outbox.recover(
          message.id,
          { state: 'uncertain', detail: 'died', reason: 'uncertain' },
          at(11),
        ),
      ),
    );
    expect(results.filter((result) => result !== null)).toHaveLength(1);
    expect(await stateOf(message)).toBe('uncertain');
    expect(await stores.outbox.next(message.conversationId)).toBeNull();
  });

  it('sends again what failed, is uncertain or was canceled, and nothing else', async () => {
    for (const state of ['failed', 'uncertain', 'canceled'] as const) {
      const message = await sentAs(id(), `again-${state}`, state);
      const again = await stores.outbox.requeue(message.id, at(9));
      expect(again?.delivery).toMatchObject({
        state: 'queued',
        nextAt: at(9),
        attempts: 0,
        reason: null,
      });
      expect((await stores.outbox.next(message.conversationId))?.message.id).toBe(message.id);
      expect(await stores.outbox.requeue(message.id, at(10))).toBeNull();
    }
    expect(await stores.outbox.requeue((await sentAs(id(), 'gone')).id, at(9))).toBeNull();
  });

  it('cancels what is not under way', async () => {
    const waiting = await send(id());
    expect((await stores.outbox.cancel(waiting.id, at(1)))?.delivery?.state).toBe('canceled');
    expect(await stores.outbox.next(waiting.conversationId)).toBeNull();
    const underWay = await send(id());
    await stores.outbox.lease(underWay.id, 'w', at(1), at(60));
    expect(await stores.outbox.cancel(underWay.id, at(2))).toBeNull();
  });
});

describe('receipts', () => {
  it('raise and never lower', async () => {
    const conversation = id();
    const message = await sentAs(conversation, 'r1');
    const receipt = (status: 'delivered' | 'read' | 'failed', second: number) =>
      stores.outbox.receipt(conversation, 'r1', status, false, at(second), '');
    expect((await receipt('read', 5))[0]?.delivery).toMatchObject({ state: 'read', readAt: at(5) });
    expect(await receipt('delivered', 6)).toEqual([]);
    expect(await receipt('failed', 7)).toEqual([]);
    expect(await stateOf(message)).toBe('read');
    expect(await stores.outbox.receipt(conversation, 'unknown', 'read', true, at(8), '')).toEqual(
      [],
    );
  });

  it('let a late refusal undo sent, so that a person sees it', async () => {
    const conversation = id();
    await sentAs(conversation, 'f1');
    const [failed] = await stores.outbox.receipt(
      conversation,
      'f1',
      'failed',
      false,
      at(5),
      'number unknown',
    );
    expect(failed?.delivery).toMatchObject({ state: 'failed', detail: 'number unknown' });
  });

  it('raise all earlier ones that went out, when they say so', async () => {
    const conversation = id();
    const first = await sentAs(conversation, 'u1');
    const failed = await sentAs(conversation, 'u2', 'failed');
    const third = await sentAs(conversation, 'u3');
    const later = await sentAs(conversation, 'u4');
    const other = await sentAs(id(), 'u3');
    const raised = await stores.outbox.receipt(conversation, 'u3', 'read', true, at(5), '');
    expect(raised.map((one) => one.id)).toEqual([first.id, third.id]);
    expect(await Promise.all([failed, later, other].map(stateOf))).toEqual([
      'failed',
      'sent',
      'sent',
    ]);
  });
});

describe('the ledger', () => {
  it('lists by state and account, newest first, page by page, while more arrive', async () => {
    const accountId = id();
    const made: string[] = [];
    for (let turn = 0; turn < 7; turn++) {
      const state = turn % 2 === 0 ? 'failed' : 'uncertain';
      made.push((await sentAs(id(), `l${turn}`, state, accountId)).id);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await stores.outbox.list(['failed', 'uncertain'], [accountId], {
        limit: 3,
        cursor,
      });
      seen.push(...page.items.map((one) => one.id));
      cursor = page.nextCursor ?? undefined;
      await sentAs(id(), 'new', 'failed', accountId);
    } while (cursor);
    expect(seen).toEqual(made.reverse());
    const all = await stores.outbox.list(['uncertain'], null, { limit: 200 });
    expect(all.items.every((one) => one.delivery?.state === 'uncertain')).toBe(true);
    expect((await stores.outbox.list(['failed'], [], { limit: 10 })).items).toEqual([]);
  });
});

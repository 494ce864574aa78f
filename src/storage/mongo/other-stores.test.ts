import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStores } from '../../../test/harness/stores.ts';
import type { StoredFile } from '../../domain/conversations/file.ts';
import type { Decision } from '../../domain/conversations/conversation.ts';
import type { Stores } from '../../domain/stores.ts';
import { newId } from './documents.ts';

let stores: Stores;
let close: () => Promise<void>;
beforeAll(async () => ({ stores, close } = await openTestStores()));
afterAll(() => close());

const id = () => String(newId());
const at = (second: number) => new Date(Date.UTC(2026, 10, 2, 10, 0, second));

describe('files', () => {
  const file = (more: Partial<StoredFile> = {}) =>
    stores.files.create({
      ...{
        name: 'a.png',
        mime: 'image/png',
        size: null,
        width: null,
        height: null,
        durationMs: null,
      },
      ...{
        state: 'pending',
        detail: '',
        storageKey: null,
        source: { accountId: id(), file: { ref: 'r' } },
      },
      ...{ conversationId: null, messageId: null, uploadedBy: null, nextAt: at(0), ...more },
    });

  it('are the same when made again under their id', async () => {
    const own = id();
    const made = await Promise.all(Array.from({ length: 10 }, () => file({ id: own })));
    expect(made[0]?.id).toBe(own);
    const later = await file({ id: own, name: 'other' });
    expect(later).toEqual(made[0]);
    expect(await stores.files.many([own])).toEqual([later]);
    await stores.files.settle(own, { state: 'ready' });
  });

  it('may be uploaded by somebody whose id is not ours', async () => {
    const made = await file({ uploadedBy: 'visitor:v_1', state: 'ready' });
    expect((await stores.files.get(made.id))?.uploadedBy).toBe('visitor:v_1');
  });

  it('are fetched by one of many, again when the lease runs out, and visibly fail', async () => {
    const { id: one } = await file({ nextAt: at(1) });
    expect(await stores.files.leaseDue(at(0), at(30))).toBeNull();
    const leases = await Promise.all(
      Array.from({ length: 10 }, () => stores.files.leaseDue(at(1), at(30))),
    );
    expect(leases.filter((lease) => lease !== null).map((lease) => lease.id)).toEqual([one]);
    expect((await stores.files.leaseDue(at(30), at(60)))?.id).toBe(one);
    const failed = await stores.files.settle(one, { state: 'failed', detail: 'gone', attempts: 2 });
    expect(failed).toMatchObject({
      state: 'failed',
      detail: 'gone',
      attempts: 2,
      leaseUntil: null,
    });
    expect(await stores.files.leaseDue(at(99), at(100))).toBeNull();
    expect(await stores.files.retry(one, at(70))).toMatchObject({
      state: 'pending',
      attempts: 0,
      nextAt: at(70),
    });
    expect(await stores.files.retry(one, at(70))).toBeNull();
    const [conversation, message] = [id(), id()];
    await stores.files.attach([one], conversation, message);
    expect(await stores.files.get(one)).toMatchObject({
      conversationId: conversation,
      messageId: message,
    });
  });
});

describe('decisions', () => {
  it('write an equal wait once', async () => {
    const decision: Decision & { id: string } = {
      ...{
        id: id(),
        at: at(0),
        conversationId: id(),
        sessionId: id(),
        act: 'wait',
        operatorId: null,
      },
      ...{ why: 'nobody is online', excluded: [{ operatorId: id(), why: 'away' }] },
    };
    await stores.decisions.record(decision);
    await stores.decisions.record({ ...decision, id: id(), at: at(1) });
    await stores.decisions.record({ ...decision, id: id(), at: at(2), why: 'all are busy' });
    await stores.decisions.record({
      ...decision,
      id: id(),
      at: at(3),
      act: 'assign',
      operatorId: id(),
    });
    await stores.decisions.record({ ...decision, id: id(), at: at(4) });
    const { id: _, ...first } = decision;
    const { items } = await stores.decisions.ofConversation(decision.conversationId, { limit: 10 });
    expect(items.map((item) => [item.act, item.at])).toEqual([
      ['wait', at(4)],
      ['assign', at(3)],
      ['wait', at(2)],
      ['wait', at(0)],
    ]);
    expect(items[3]).toEqual(first);
  });
});

describe('webhooks', () => {
  it('keep their calls until taken, and can send them again', async () => {
    const target = await stores.webhooks.create({
      url: 'https://a.example',
      events: [],
      secret: 'enc',
      since: at(0),
      active: true,
    });
    await stores.webhooks.change(target.id, { lastStatus: '200' });
    expect(await stores.webhooks.get(target.id)).toEqual({ ...target, lastStatus: '200' });
    const call = (second: number) =>
      ({
        targetId: target.id,
        event: 'lead.created',
        body: '{}',
        state: 'queued',
        createdAt: at(0),
        nextAt: at(second),
      }) as const;
    await stores.webhooks.enqueue([call(2), call(1)]);
    await stores.webhooks.enqueue([]);
    const first = await stores.webhooks.leaseDue(at(5), at(10));
    const second = await stores.webhooks.leaseDue(at(5), at(10));
    expect([first?.nextAt, second?.nextAt]).toEqual([at(1), at(2)]);
    expect(await stores.webhooks.leaseDue(at(5), at(10))).toBeNull();
    const settled = {
      state: 'failed',
      attempts: 3,
      status: 500,
      detail: 'no',
      nextAt: at(5),
    } as const;
    await stores.webhooks.settle(first?.id ?? '', settled);
    const { items } = await stores.webhooks.calls(target.id, { limit: 10 });
    expect(items).toHaveLength(2);
    expect(items.find((item) => item.id === first?.id)).toMatchObject({
      ...settled,
      leaseUntil: null,
    });
    expect(await stores.webhooks.replay(first?.id ?? '', id(), at(6))).toBe(false);
    expect(await stores.webhooks.replay(first?.id ?? '', target.id, at(6))).toBe(true);
    expect((await stores.webhooks.leaseDue(at(6), at(10)))?.id).toBe(first?.id);
    expect(await stores.webhooks.remove(target.id)).toBe(true);
    expect((await stores.webhooks.calls(target.id, { limit: 10 })).items).toEqual([]);
    expect(await stores.webhooks.all()).toEqual([]);
  });
});

describe('settings, audit, visitors, buttons', () => {
  it('has settings before anybody made any', async () => {
    expect(await stores.settings.read()).toMatchObject({ timeZone: 'UTC', language: 'en' });
    await stores.settings.change({ companyName: 'Acme' });
    expect(await stores.settings.change({ currency: 'USD' })).toEqual({
      ...{ companyName: 'Acme', currency: 'USD', timeZone: 'UTC', language: 'en' },
      ...{ disconnectMinutes: 2, idleMinutes: 10, pushText: true },
    });
    expect(await stores.settings.change({})).toEqual(await stores.settings.read());
  });

  it('lists the audit latest first', async () => {
    const who = { kind: 'user' as const, id: id(), name: 'Ann' };
    for (const act of ['sign-in', 'export']) {
      await stores.audit.record({ at: at(0), who, act, detail: '', address: null });
    }
    const { items } = await stores.audit.list({ limit: 1 });
    expect(items).toMatchObject([{ act: 'export', who, address: null }]);
  });

  it('knows a visitor by the hash of the key', async () => {
    const visitor = await stores.visitors.create({
      ...{
        id: 'v-1',
        accountId: id(),
        keyHash: 'h1',
        name: null,
        email: null,
        phone: null,
        language: null,
      },
      ...{ proof: 'claimed', consent: null, expiresAt: new Date(Date.now() + 60_000) },
    });
    await expect(stores.visitors.create({ ...visitor, keyHash: 'h2' })).rejects.toMatchObject({
      code: 'duplicate',
    });
    const consent = { text: 'I agree', at: at(1) };
    expect(await stores.visitors.change('v-1', { consent })).toEqual({ ...visitor, consent });
    expect(await stores.visitors.byKeyHash('h1')).toEqual({ ...visitor, consent });
    await stores.visitors.remove('v-1');
    expect(await stores.visitors.byKeyHash('h1')).toBeNull();
  });

  it('keeps what buttons mean', async () => {
    const token = {
      token: 't1',
      conversationId: id(),
      messageId: id(),
      label: 'Yes',
      value: 'y',
      createdAt: new Date(),
    };
    await stores.buttonTokens.save([token, { ...token, token: 't2' }]);
    await stores.buttonTokens.save([token]);
    expect(await stores.buttonTokens.get('t1')).toEqual(token);
    expect(await stores.buttonTokens.get('t3')).toBeNull();
  });

  it('has no roles of its own', async () => {
    expect(await stores.roles.all()).toEqual([]);
    expect(await stores.roles.get('operator')).toBeNull();
  });

  it.each([
    '',
    'x',
    'bnVsbA',
    Buffer.from('[1,"x"]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
  ])('refuses the cursor %j, unless it is none at all', async (cursor) => {
    const listed = stores.audit.list({ limit: 1, cursor });
    if (cursor === '') expect((await listed).items).toHaveLength(1);
    else await expect(listed).rejects.toMatchObject({ code: 'malformed', field: 'cursor' });
  });
});

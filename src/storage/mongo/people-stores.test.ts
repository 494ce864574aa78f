import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStores } from '../../../test/harness/stores.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Stores } from '../../domain/stores.ts';
import { newId } from './documents.ts';

let stores: Stores;
let connection: Connection;
let close: () => Promise<void>;
beforeAll(async () => ({ stores, connection, close } = await openTestStores()));
afterAll(() => close());

const id = () => String(newId());
const at = (second: number) => new Date(Date.UTC(2026, 10, 2, 10, 0, second));
let count = 0;
const user = (more: Partial<User> = {}) =>
  stores.users.create({
    ...{
      name: 'Ann Lee',
      email: `u${++count}@example.com`,
      handle: `u${count}`,
      passwordHash: 'x',
    },
    ...{ role: 'operator', departmentId: null, timeZone: 'UTC', active: true, maxTalks: null },
    ...more,
  });

describe('users', () => {
  it('share no e-mail address, however it is written', async () => {
    await user({ email: 'Twice@Example.com' });
    await expect(user({ email: 'twice@example.COM' })).rejects.toMatchObject({
      code: 'duplicate',
      field: 'email',
    });
    expect((await stores.users.byEmail('TWICE@example.com'))?.email).toBe('twice@example.com');
    const other = await user();
    await expect(
      stores.users.change(other.id, { email: 'Twice@example.com' }),
    ).rejects.toMatchObject({ field: 'email' });
  });

  it('get a free handle, also at the same moment', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => user({ handle: 'bob' })));
    expect(made.map(({ handle }) => handle).toSorted()).toEqual([
      'bob',
      'bob2',
      'bob3',
      'bob4',
      'bob5',
    ]);
    const other = await user();
    await expect(stores.users.change(other.id, { handle: 'bob' })).rejects.toMatchObject({
      field: 'handle',
    });
    expect((await stores.users.byHandle('bob3'))?.handle).toBe('bob3');
  });

  it('are listed by name and found by what they are called', async () => {
    const names = ['Übel Zora', 'ubel anton', 'Ubel Mia'];
    const made = new Map<string, string>();
    for (const name of names) made.set(name, (await user({ name })).id);
    const first = await stores.users.list({ q: 'übe' }, { limit: 2 });
    const rest = await stores.users.list(
      { q: 'übe' },
      { limit: 2, cursor: first.nextCursor ?? '' },
    );
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual([
      'ubel anton',
      'Ubel Mia',
      'Übel Zora',
    ]);
    const zora = made.get('Übel Zora') ?? '';
    await stores.users.change(zora, { name: 'Quentin', active: false });
    expect((await stores.users.list({ q: 'quen', active: true }, { limit: 5 })).items).toEqual([]);
    expect((await stores.users.list({ q: 'quen', active: false }, { limit: 5 })).items[0]?.id).toBe(
      zora,
    );
    expect(await stores.users.many([zora, 'made up'])).toHaveLength(1);
  });

  it('have a presence, and one of them may be an administrator', async () => {
    expect(await stores.users.anyAdministrator()).toBe(false);
    const admin = await user({ role: 'administrator' });
    expect(await stores.users.anyAdministrator()).toBe(true);
    expect(admin).toMatchObject({ presence: 'offline', departmentId: null });
    expect(await stores.users.setPresence(admin.id, 'online', at(1))).toMatchObject({
      presence: 'online',
      presenceAt: at(1),
    });
    expect(await stores.users.get('made up')).toBeNull();
    expect(Object.keys(admin)).not.toContain('searchKeys');
  });
});

describe('sign-ins and tokens', () => {
  it('are found by the hash of their key until removed', async () => {
    const userId = id();
    const made = await stores.signIns.create({
      ...{ keyHash: id(), userId, csrf: 'c', createdAt: at(0), seenAt: at(0) },
      ...{ expiresAt: new Date(Date.now() + 60_000), agent: '' },
    });
    const later = new Date(Date.now() + 120_000);
    await stores.signIns.seen(made.id, at(5), later);
    expect(await stores.signIns.byKeyHash(made.keyHash)).toEqual({
      ...made,
      seenAt: at(5),
      expiresAt: later,
    });
    await stores.signIns.removeOfUser(userId);
    expect(await stores.signIns.byKeyHash(made.keyHash)).toBeNull();

    const token = await stores.tokens.create({
      keyHash: id(),
      userId,
      name: 'script',
      createdAt: at(0),
    });
    await stores.tokens.used(token.id, at(3));
    await stores.tokens.used(token.id, at(2));
    expect((await stores.tokens.byKeyHash(token.keyHash))?.lastUsedAt).toEqual(at(3));
    expect(await stores.tokens.ofUser(userId)).toHaveLength(1);
    expect(await stores.tokens.remove(token.id, id())).toBe(false);
    expect(await stores.tokens.remove(token.id, userId)).toBe(true);
  });
});

describe('the throttle', () => {
  it('counts everyone at once in one window, and begins anew after it', async () => {
    const key = id();
    const counts = await Promise.all(
      Array.from({ length: 20 }, () => stores.throttle.hit(key, 10_000, at(0))),
    );
    expect(counts.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    expect(await stores.throttle.hit(key, 10_000, at(9))).toBe(21);
    expect(await stores.throttle.hit(key, 10_000, at(10))).toBe(1);
    await stores.throttle.clear(key);
    expect(await stores.throttle.hit(key, 10_000, at(11))).toBe(1);
  });
});

describe('what expires', () => {
  it.each([
    ['signIns', 'sign_in_expiry', { expiresAt: 1 }, 0],
    ['throttles', 'throttle_expiry', { expiresAt: 1 }, 0],
    ['visitors', 'visitor_expiry', { expiresAt: 1 }, 0],
    ['inboundEvents', 'inbound_expiry', { appliedAt: 1 }, 30 * 86_400],
    ['buttonTokens', 'button_expiry', { createdAt: 1 }, 180 * 86_400],
  ])('of %s is dropped by the database', async (name, index, key, seconds) => {
    const indexes = await connection.collection(name).listIndexes().toArray();
    expect(indexes.find((one) => one.name === index)).toMatchObject({
      key,
      expireAfterSeconds: seconds,
    });
  });
});

describe('lines', () => {
  const line = (key: string, members: string[] = []) =>
    stores.lines.create({
      ...{
        key,
        name: `Line ${key}`,
        queue: 'evenly',
        members,
        timeZone: 'Europe/Berlin',
        holidays: [],
      },
      ...{ hours: { mon: [['09:00', '17:00']] }, offHours: { action: 'queue' }, offerSeconds: 60 },
      ...{ maxTalksPerOperator: null, autoLead: true, priority: 0 },
    });

  it('have one key each, members in order, and disappear when archived', async () => {
    const [ann, bob] = [id(), id()];
    const sales = await line('sales', [bob, ann]);
    await expect(line('sales')).rejects.toMatchObject({ code: 'duplicate', field: 'key' });
    const help = await line('help', [ann]);
    expect(await stores.lines.byKey('sales')).toEqual(sales);
    expect(sales.members).toEqual([bob, ann]);
    expect((await stores.lines.all()).map(({ key }) => key)).toEqual(['help', 'sales']);
    expect((await stores.lines.ofMember(ann)).map(({ id: one }) => one)).toEqual([
      help.id,
      sales.id,
    ]);
    await stores.lines.change(help.id, { archivedAt: at(1) });
    expect((await stores.lines.all()).map(({ key }) => key)).toEqual(['sales']);
    expect(await stores.lines.ofMember(ann)).toHaveLength(1);
  });

  it('remember whose turn it was, never an earlier one', async () => {
    const lineId = id();
    const [ann, bob] = [id(), id()];
    await Promise.all([3, 5, 4].map((second) => stores.lines.recordTurn(lineId, ann, at(second))));
    await stores.lines.recordTurn(lineId, bob, at(1));
    expect(await stores.lines.turns(lineId)).toEqual(
      new Map([
        [ann, at(5)],
        [bob, at(1)],
      ]),
    );
  });
});

describe('accounts', () => {
  it('raise their revision with what a person changes, and with nothing else', async () => {
    const lineId = id();
    const account = await stores.accounts.create({
      ...{
        type: 'sandbox',
        name: 'Shop',
        lineId,
        role: 'line',
        config: { token: 'enc:v1:x', empty: {} },
      },
      ...{ status: 'connecting', detail: '', stopped: false },
    });
    expect(account).toMatchObject({
      revision: 1,
      cursor: null,
      config: { token: 'enc:v1:x', empty: {} },
    });
    await stores.accounts.setStatus(account.id, 'connected', 'works');
    await stores.accounts.saveCursor(account.id, '17');
    await stores.accounts.touch(account.id, at(5));
    await stores.accounts.touch(account.id, at(4));
    const changed = await stores.accounts.change(account.id, {
      name: 'Store',
      config: { token: 'enc:v1:y' },
    });
    expect(changed).toMatchObject({
      ...{ name: 'Store', config: { token: 'enc:v1:y' }, revision: 2, cursor: '17' },
      ...{ status: 'connected', detail: 'works', lastEventAt: at(5), lineId },
    });
    expect(await stores.accounts.ofLine(lineId)).toEqual([changed]);
    expect((await stores.accounts.list({ limit: 10 })).items).toEqual([changed]);
    expect(await stores.accounts.remove(account.id)).toBe(true);
    expect(await stores.accounts.remove(account.id)).toBe(false);
    expect(await stores.accounts.change(account.id, { name: 'x' })).toBeNull();
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDesk } from '../../../test/harness/desk.ts';
import type { TestDesk } from '../../../test/harness/desk.ts';
import { addAbsence, listAbsences, removeAbsence } from '../../desk/people/absences.ts';
import { changeUser } from '../../desk/people/change-user.ts';
import { setPresence } from '../../desk/people/set-presence.ts';
import { changeSettings } from '../../desk/settings/change-settings.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import type { Away } from '../../domain/operators/away.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { createPresence } from './presence.ts';
import { openAt } from '../router/hours.ts';

const MINUTE = 60_000;

let test: TestDesk;
let boss: Principal;
let ann: Principal;
let account: AccountRecord;
let serial = 0;
const told: string[] = [];

beforeAll(async () => {
  test = await openTestDesk();
  boss = await test.person('Cleo', 'administrator', { online: false });
  test.desk.bus.on('presence.changed', ({ userId }) => void told.push(userId));
});
afterAll(() => test.close());
// Everybody and everything anew: Monday, 10:00 UTC, 11:00 in Berlin.
beforeEach(async () => {
  test.clock.set('2026-11-02T10:00:00Z');
  ann = await test.person('Ann');
  const line = await test.line('Sales', [ann]);
  account = await test.account(line, 'sandbox', { secret: 'sandbox-secret-for-tests' });
  await setPresence(test.desk, ann, 'online');
  told.length = 0;
});

const arrive = (name = 'desk') =>
  test.desk.presence.arrive({
    ...{ userId: ann.user.id, signInId: null, kind: 'browser', name },
    key: `${name}-${ann.user.id}`,
  });
const away = async (): Promise<Away | null> =>
  (await test.desk.stores.users.get(ann.user.id))?.away ?? null;
/** Time passes; what is due is done. */
const pass = async (minutes: number): Promise<void> => {
  test.clock.advance(minutes * MINUTE);
  await test.desk.presence.sweep();
  await test.desk.router.idle();
};
const write = () => test.write(account, `chat-${++serial}`, 'Hello?');
const ownerOf = async (id: string) =>
  (await test.desk.stores.conversations.get(id))?.session.ownerId ?? null;

describe('who is there', () => {
  it('is whoever says so without a device, for as long as they do', async () => {
    await pass(600);
    expect(await away()).toBeNull();
    expect((await write()).session.ownerId).toBe(ann.user.id);
  });

  it('is not who has gone from their last device, once the grace time is over; coming back routes at once', async () => {
    const desk = await arrive('desk');
    const phone = await arrive('phone');
    await desk.leave();
    await pass(5);
    expect(await away()).toBeNull();
    const leftAt = test.clock.now();
    await phone.leave();
    await pass(1.9);
    expect(await away()).toBeNull();
    await pass(0.2);
    expect(await away()).toEqual({ kind: 'disconnected', since: leftAt, until: null });
    expect(told).toEqual([ann.user.id]);

    const talk = await write();
    expect(talk.session).toMatchObject({
      ...{ ownerId: null, why: 'Nobody is free: 1 not connected.' },
    });
    const [decision] = (await test.desk.stores.decisions.ofConversation(talk.id, { limit: 1 }))
      .items;
    expect(decision?.excluded).toEqual([
      { operatorId: ann.user.id, why: 'Not connected since Mon 2 Nov, 11:05 CET.' },
    ]);
    await arrive();
    await test.desk.router.idle();
    expect(await ownerOf(talk.id)).toBe(ann.user.id);
  });

  it('is again who says so by other means, until they say otherwise', async () => {
    await (await arrive()).leave();
    await pass(3);
    expect((await away())?.kind).toBe('disconnected');
    const view = await setPresence(test.desk, ann, 'online');
    expect(view).toMatchObject({ presence: 'online', away: null });
    await pass(600);
    expect(await away()).toBeNull();
  });

  it('is two tabs of one browser as long as one of them is open', async () => {
    const [one, other] = [await arrive(), await arrive()];
    await one?.leave();
    await pass(5);
    expect(await away()).toBeNull();
    await other?.leave();
    await pass(3);
    expect((await away())?.kind).toBe('disconnected');
  });
});

describe('a process that ends', () => {
  /** Another process on the same database. */
  const another = () => createPresence({ ...test.desk, opening: openAt });

  it('kicks nobody who is back within the grace time, however it ended', async () => {
    const dead = another();
    await dead.arrive({
      ...{ userId: ann.user.id, signInId: null, kind: 'browser', name: 'x', key: 'k'.repeat(20) },
    });
    // Killed: its devices still count as connected, and no beat comes any more.
    dead.stop();
    await pass(1.9);
    expect(await away()).toBeNull();
    await arrive('k');
    await pass(5);
    expect(await away()).toBeNull();
  });

  it('does not keep those there who do not come back', async () => {
    const dead = another();
    await dead.arrive({
      ...{ userId: ann.user.id, signInId: null, kind: 'browser', name: 'x', key: 'k'.repeat(20) },
    });
    dead.stop();
    await pass(1.2);
    await pass(1.5);
    expect((await away())?.kind).toBe('disconnected');
  });

  it('leaves the connected of others alone', async () => {
    const living = another();
    await living.arrive({
      ...{ userId: ann.user.id, signInId: null, kind: 'browser', name: 'x', key: 'k'.repeat(20) },
    });
    for (let minute = 0; minute < 6; minute++) {
      await living.beat();
      await pass(0.5);
    }
    expect(await away()).toBeNull();
    living.stop();
    await living.idle();
  });
});

describe('idleness', () => {
  it('begins after the set time without a touch, and ends with one', async () => {
    const link = await arrive();
    await pass(4);
    link.active();
    await test.desk.presence.idle();
    await pass(9);
    expect(await away()).toBeNull();
    await pass(1);
    expect(await away()).toEqual({
      ...{ kind: 'idle', since: new Date('2026-11-02T10:04:00Z'), until: null },
    });
    const talk = await write();
    expect(talk.session.why).toBe('Nobody is free: 1 idle.');
    // A connection that was cut off for a moment is no touch.
    await link.leave();
    const again = await arrive();
    expect((await away())?.kind).toBe('idle');
    again.active();
    await test.desk.presence.idle();
    await test.desk.router.idle();
    expect(await ownerOf(talk.id)).toBe(ann.user.id);
  });

  it('follows the setting at once; 0 is never', async () => {
    const link = await arrive();
    await pass(3);
    expect(await away()).toBeNull();
    await changeSettings(test.desk, boss, { idleMinutes: 2 });
    await test.desk.presence.idle();
    expect((await away())?.kind).toBe('idle');
    await changeSettings(test.desk, boss, { idleMinutes: 0 });
    await test.desk.presence.idle();
    expect(await away()).toBeNull();
    await pass(600);
    expect(await away()).toBeNull();
    await changeSettings(test.desk, boss, { idleMinutes: 10 });
    await link.leave();
  });
});

describe('hours and absences of a person', () => {
  it('are kept by the router, and end when they end', async () => {
    await changeUser(test.desk, boss, ann.user.id, { hours: { mon: [['12:00', '18:00']] } });
    expect(await away()).toMatchObject({
      ...{ kind: 'off_hours', until: new Date('2026-11-02T11:00:00Z') },
    });
    const talk = await write();
    expect(talk.session).toMatchObject({
      ...{ ownerId: null, why: 'Nobody is free: 1 outside their hours.' },
    });
    await pass(60);
    expect(await ownerOf(talk.id)).toBe(ann.user.id);
  });

  it('warn who goes online all the same; working now goes on until the day ends', async () => {
    await changeUser(test.desk, boss, ann.user.id, { hours: { tue: [['09:00', '18:00']] } });
    const warned = await setPresence(test.desk, ann, 'online');
    expect(warned.away).toMatchObject({
      kind: 'off_hours',
      why: 'Outside their working hours until Tue 3 Nov, 09:00 CET.',
    });
    const works = await setPresence(test.desk, ann, 'online', { workNow: true });
    expect(works).toMatchObject({ away: null, workUntil: '2026-11-02T23:00:00.000Z' });
    await pass(12 * 60);
    expect(await away()).toBeNull();
    await pass(61);
    expect((await away())?.kind).toBe('off_hours');
    await setPresence(test.desk, ann, 'online', { workNow: true });
    const off = await setPresence(test.desk, ann, 'offline');
    expect([off.workUntil, off.away?.kind]).toEqual([null, 'off_hours']);
  });

  it('take a sticky customer elsewhere', async () => {
    const bob = await test.person('Bob');
    const line = await test.line('Help', [ann, bob], { queue: 'strictly', sticky: 'last' });
    const help = await test.account(line, 'sandbox', { secret: 'sandbox-secret-for-tests' });
    const first = await test.write(help, 'chat-sticky', 'Hello?');
    expect(first.session.ownerId).toBe(ann.user.id);
    const { closeTalk } = await import('../../desk/talks/close-talk.ts');
    await closeTalk(test.desk, ann, first.id, null);
    await addAbsence(test.desk, ann, ann.user.id, {
      ...{ from: '2026-11-02', to: '2026-11-03', kind: 'ill', note: '' },
    });
    const again = await test.write(help, 'chat-sticky', 'One more thing');
    expect(again.session.ownerId).toBe(bob.user.id);
    expect(again.session.why).toContain('Absent until Wed 4 Nov, 00:00 CET.');
  });

  it('are one’s own to note, and of those who look after people; not of colleagues', async () => {
    const bob = await test.person('Bob');
    const sue = await test.person('Sue', 'supervisor');
    const days = { from: '2026-12-24', to: '2026-12-27', kind: 'holiday', note: '' } as const;
    const absence = await addAbsence(test.desk, sue, ann.user.id, days);
    expect(await listAbsences(test.desk, ann, ann.user.id)).toEqual([absence]);
    await expect(listAbsences(test.desk, bob, ann.user.id)).rejects.toThrow('may not');
    await expect(addAbsence(test.desk, bob, ann.user.id, days)).rejects.toThrow('may not');
    await expect(
      addAbsence(test.desk, ann, ann.user.id, { ...days, to: '2026-12-23' }),
    ).rejects.toThrow('ends before');
    await removeAbsence(test.desk, ann, ann.user.id, absence.id);
    expect(await listAbsences(test.desk, ann, ann.user.id)).toEqual([]);
    await expect(changeUser(test.desk, ann, ann.user.id, { hours: {} })).rejects.toThrow('may not');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk } from '../../../test/harness/desk.ts';
import type { TestDesk } from '../../../test/harness/desk.ts';
import { silentLog } from '../../../test/harness/log.ts';
import { closeTalk } from '../../desk/talks/close-talk.ts';
import { listDecisions } from '../../desk/talks/list-decisions.ts';
import { skipTalk } from '../../desk/talks/skip-talk.ts';
import { takeTalk } from '../../desk/talks/take-talk.ts';
import { transferTalk } from '../../desk/talks/transfer-talk.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { createBus } from '../../domain/events/bus.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { createRouter } from './route.ts';

let test: TestDesk;
let ann: Principal;
let bob: Principal;
/** Supervisors, of no line. */
let sue: Principal;
let tom: Principal;
let serial = 0;

beforeAll(async () => {
  test = await openTestDesk();
  [ann, bob, sue, tom] = [
    await test.person('Ann'),
    await test.person('Bob'),
    await test.person('Sue', 'supervisor', { online: false, maxTalks: 1 }),
    await test.person('Tom', 'supervisor', { online: false, maxTalks: 1 }),
  ];
});
afterAll(() => test.close());

const open = async (more: Partial<Line> = {}): Promise<AccountRecord> => {
  const line = await test.line(`Line ${++serial}`, [ann, bob], { queue: 'strictly', ...more });
  return test.account(line, 'sandbox', { secret: 'sandbox-secret-for-tests' });
};
/** A talk that Ann has and sends to the supervisors. */
const sent = async (account: AccountRecord): Promise<Conversation> => {
  const { id } = await test.write(account, `chat-${++serial}`, 'hi');
  await transferTalk(test.desk, ann, id, { role: 'supervisor' });
  await settled();
  return talkOf(id);
};
const talkOf = async (id: string): Promise<Conversation> => {
  const talk = await test.desk.stores.conversations.get(id);
  if (!talk) throw new Error('The talk is gone.');
  return talk;
};
const settled = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 40));
  await test.desk.router.idle();
};
const presence = async (who: Principal, state: 'online' | 'offline'): Promise<void> => {
  await test.desk.stores.users.setPresence(who.user.id, state, test.clock.now());
  test.desk.bus.publish({ type: 'presence.changed', userId: who.user.id, state });
  await settled();
};
const acts = async ({ id }: Conversation): Promise<string[]> =>
  (await listDecisions(test.desk, sue, id, { limit: 50 })).items
    .map(({ act, operatorName, why }) => `${act} ${operatorName ?? '-'}: ${why}`)
    .reverse();
const away = async (...talks: Conversation[]): Promise<void> => {
  for (const { id } of talks) {
    const { session } = await talkOf(id);
    if (session.state !== 'closed') await closeTalk(test.desk, sue, id, null);
  }
  await presence(sue, 'offline');
  await presence(tom, 'offline');
};

describe('a talk sent to a role', () => {
  it('waits while nobody of the role is free, though the line has people; the first who comes has it', async () => {
    const account = await open();
    const talk = await sent(account);
    expect(talk.session).toMatchObject({
      ...{ state: 'waiting', ownerId: null, role: { id: 'supervisor', name: 'Supervisor' } },
      why: 'Nobody of the role Supervisor is free: 2 offline.',
    });
    // What comes to the line meanwhile goes its way.
    const other = await test.write(account, `chat-${++serial}`, 'me too');
    expect(other.session.ownerId).toBe(ann.user.id);

    await presence(tom, 'online');
    const given = await talkOf(talk.id);
    expect(given.session.ownerId).toBe(tom.user.id);
    expect((await acts(talk)).at(-1)).toBe(
      'assign Tom: For the role Supervisor. Least busy: no open talks.',
    );
    await away(given);
  });

  it('goes to the one who becomes free first, oldest first', async () => {
    const account = await open();
    await presence(sue, 'online');
    const first = await sent(account);
    expect(first.session.ownerId).toBe(sue.user.id);
    const second = await sent(account);
    test.clock.advance(1000);
    const third = await sent(account);
    expect([second.session.ownerId, third.session.ownerId]).toEqual([null, null]);
    expect(third.session.why).toBe(
      'Nobody of the role Supervisor is free: 1 at capacity, 1 offline.',
    );
    await closeTalk(test.desk, sue, first.id, null);
    await settled();
    expect((await talkOf(second.id)).session.ownerId).toBe(sue.user.id);
    expect((await talkOf(third.id)).session.ownerId).toBeNull();
    await away(second, third);
  });

  it('is offered to people of the role only, who see it, one after the other', async () => {
    const account = await open({ assign: 'offer', offerSeconds: 60 });
    const { id } = await test.write(account, `chat-${++serial}`, 'hi');
    await takeTalk(test.desk, ann, id);
    await transferTalk(test.desk, ann, id, { role: 'supervisor' });
    await presence(sue, 'online');
    const offered = await talkOf(id);
    expect(offered.session).toMatchObject({
      offer: { operatorId: sue.user.id },
      guests: [sue.user.id],
    });
    await presence(tom, 'online');
    await skipTalk(test.desk, sue, id);
    await settled();
    expect((await talkOf(id)).session.offer?.operatorId).toBe(tom.user.id);
    test.clock.advance(61_000);
    await test.desk.router.due();
    await settled();
    const over = await talkOf(id);
    expect(over.session).toMatchObject({ state: 'waiting', place: 'resting', offer: null });
    const asked = (await acts(over)).filter((act) => act.startsWith('offer'));
    expect(asked.slice(1).map((act) => act.split(':')[0])).toEqual(['offer Sue', 'offer Tom']);
    // The next round begins among the same people.
    test.clock.advance(121_000);
    await test.desk.router.due();
    await settled();
    expect([sue.user.id, tom.user.id]).toContain((await talkOf(id)).session.offer?.operatorId);
    await away(over);
  });

  it('stays with the role when its operator skips it, and leaves it when somebody else takes it', async () => {
    const account = await open();
    await presence(sue, 'online');
    const talk = await sent(account);
    const waiting = await sent(account);
    expect(waiting.session.role?.id).toBe('supervisor');
    await takeTalk(test.desk, bob, waiting.id);
    expect((await talkOf(waiting.id)).session.role).toBeUndefined();
    await skipTalk(test.desk, bob, waiting.id);
    await settled();
    // Back in the line's queue, where both have had their turn.
    const back = (await talkOf(waiting.id)).session;
    expect([back.ownerId, back.place, back.role]).toEqual([null, 'resting', undefined]);
    await presence(tom, 'online');
    await skipTalk(test.desk, sue, talk.id);
    await settled();
    expect((await talkOf(talk.id)).session.ownerId).toBe(tom.user.id);
    await away(talk, waiting);
  });

  it('is found again after a restart', async () => {
    const account = await open();
    const talk = await sent(account);
    const { stores, clock } = test.desk;
    const bus = createBus(() => {});
    const other = createRouter({ stores, bus, clock, log: silentLog });
    await stores.users.setPresence(tom.user.id, 'online', clock.now());
    await other.sweep();
    await other.idle();
    expect((await talkOf(talk.id)).session.ownerId).toBe(tom.user.id);
    other.stop();
    await away(talk);
  });

  it('is refused when nobody else has the role', async () => {
    const account = await open();
    const { id } = await test.write(account, `chat-${++serial}`, 'hi');
    await expect(transferTalk(test.desk, ann, id, { role: 'administrator' })).rejects.toMatchObject(
      { message: 'Nobody else has the role "administrator".' },
    );
    expect((await talkOf(id)).session.ownerId).toBe(ann.user.id);
  });
});

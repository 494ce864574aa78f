import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk } from '../../../test/harness/desk.ts';
import type { TestDesk } from '../../../test/harness/desk.ts';
import { assignTalk } from '../../desk/talks/assign-talk.ts';
import { closeTalk } from '../../desk/talks/close-talk.ts';
import { listDecisions } from '../../desk/talks/list-decisions.ts';
import { reopenTalk } from '../../desk/talks/reopen-talk.ts';
import { takeTalk } from '../../desk/talks/take-talk.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Principal } from '../../domain/operators/permissions.ts';

let test: TestDesk;
let serial = 0;

beforeAll(async () => {
  test = await openTestDesk();
});
afterAll(() => test.close());

const sandbox = (line: Line) =>
  test.account(line, 'sandbox', { secret: 'sandbox-secret-for-tests' });
const ownerOf = async (id: string) =>
  (await test.desk.stores.conversations.get(id))?.session.ownerId ?? null;
const presence = async (who: Principal, state: 'online' | 'break' | 'offline') => {
  await test.desk.stores.users.setPresence(who.user.id, state, test.clock.now());
  test.desk.bus.publish({ type: 'presence.changed', userId: who.user.id, state });
  await new Promise((resolve) => setTimeout(resolve, 30));
  await test.desk.router.idle();
};

describe('routing', () => {
  it('evenly: gives each the next turn, and says why', async () => {
    const people = [await test.person('Eva'), await test.person('Ben')];
    const account = await sandbox(await test.line('Even', people));
    const owners = [];
    for (let index = 0; index < 4; index++) {
      test.clock.advance(1_000);
      owners.push((await test.write(account, `even-${index}`, 'hi')).session.ownerId);
    }
    const [eva, ben] = people.map((person) => person.user.id);
    expect(owners).toEqual([eva, ben, eva, ben]);
  });

  it('strictly: the first of the list until capacity, then the next; a freed place goes to the oldest waiting', async () => {
    const people = [
      await test.person('First'),
      await test.person('Second', 'operator', { maxTalks: 1 }),
    ] as const;
    const account = await sandbox(
      await test.line('Strict', people, { queue: 'strictly', maxTalksPerOperator: 1 }),
    );
    const talks = [];
    for (let index = 0; index < 4; index++) {
      test.clock.advance(1_000);
      talks.push(await test.write(account, `strict-${index}`, 'hi'));
    }
    expect(talks.map((talk) => talk.session.ownerId)).toEqual([
      people[0].user.id,
      people[1].user.id,
      null,
      null,
    ]);
    expect(talks[2]?.session.why).toBe('Nobody is free: 2 at capacity.');
    await closeTalk(test.desk, people[0], talks[0]?.id ?? '', 'won');
    await new Promise((resolve) => setTimeout(resolve, 30));
    await test.desk.router.idle();
    expect(await ownerOf(talks[2]?.id ?? '')).toBe(people[0].user.id);
    expect(await ownerOf(talks[3]?.id ?? '')).toBeNull();
  });

  it('all at once: waits for a taker', async () => {
    const people = [await test.person('Pia'), await test.person('Tom')] as const;
    const account = await sandbox(await test.line('All', people, { queue: 'all' }));
    const talk = await test.write(account, 'all-1', 'hi');
    expect(talk.session).toMatchObject({ ownerId: null, state: 'waiting' });
    expect(talk.session.why).toContain('2 operators are free');
    await takeTalk(test.desk, people[1], talk.id);
    expect(await ownerOf(talk.id)).toBe(people[1].user.id);
  });

  it('nobody present: the talk waits with the reason, and goes to whoever comes, by event', async () => {
    const nora = await test.person('Nora', 'operator', { online: false });
    const account = await sandbox(await test.line('Empty', [nora]));
    const first = await test.write(account, 'empty-1', 'hi');
    test.clock.advance(1_000);
    const second = await test.write(account, 'empty-2', 'hi');
    expect(first.session.why).toBe('Nobody is free: 1 offline.');
    await presence(nora, 'break');
    expect(await ownerOf(first.id)).toBeNull();
    await presence(nora, 'online');
    expect([await ownerOf(first.id), await ownerOf(second.id)]).toEqual([
      nora.user.id,
      nora.user.id,
    ]);
    const { items } = await listDecisions(test.desk, nora, first.id, { limit: 10 });
    expect(items.map(({ act, excluded }) => ({ act, excluded: excluded.length }))).toEqual([
      { act: 'assign', excluded: 0 },
      { act: 'wait', excluded: 1 },
      { act: 'wait', excluded: 1 },
    ]);
  });
});

describe('claims', () => {
  it('200 at once have one winner, and every loser is told who', async () => {
    const people = await Promise.all(
      Array.from({ length: 20 }, () => test.person(`Op ${++serial}`)),
    );
    const account = await sandbox(await test.line('Rush', people, { queue: 'all' }));
    const talk = await test.write(account, 'rush', 'hi');
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, index) =>
        takeTalk(test.desk, people[index % 20] as Principal, talk.id),
      ),
    );
    const owner = await ownerOf(talk.id);
    const winner = people.find((person) => person.user.id === owner);
    const won = results.filter(
      (result, index) => result.status === 'fulfilled' && people[index % 20] !== winner,
    );
    expect(won).toEqual([]);
    const lost = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as Error] : [],
    );
    expect(lost.length).toBeGreaterThanOrEqual(190);
    for (const error of lost)
      expect(error).toMatchObject({
        code: 'already_taken',
        message: `${winner?.user.name} has this talk already.`,
      });
    const { items } = await listDecisions(test.desk, winner as Principal, talk.id, { limit: 50 });
    expect(items.filter((decision) => decision.act === 'assign')).toHaveLength(1);
  });

  it('giving, closing and reopening leave who, what, before, after and why in the timeline', async () => {
    const [ann, bob] = [await test.person('Ann'), await test.person('Bob')];
    const account = await sandbox(await test.line('Acts', [ann, bob], { queue: 'strictly' }));
    const talk = await test.write(account, 'acts', 'hi');
    await assignTalk(test.desk, ann, talk.id, bob.user.id);
    await expect(closeTalk(test.desk, ann, talk.id, null)).rejects.toThrow('Bob has this talk');
    await closeTalk(test.desk, bob, talk.id, 'lost');
    await expect(takeTalk(test.desk, ann, talk.id)).rejects.toMatchObject({ code: 'talk_closed' });
    const first = await test.desk.stores.timeline.of(
      { kind: 'session', id: talk.session.id },
      { limit: 20 },
    );
    expect(first.items.map(({ what, who }) => `${who.name}: ${what}`)).toEqual([
      'Bob: Bob closed the talk: lost.',
      'Ann: Ann gave the talk to Bob.',
      'Openline: Ann has the talk.',
      'Customer acts: Customer acts wrote for the first time.',
    ]);
    expect(first.items[1]).toMatchObject({
      before: { ownerId: ann.user.id },
      after: { ownerId: bob.user.id },
    });
    const again = await reopenTalk(test.desk, ann, talk.id);
    expect(again).toMatchObject({ state: 'open', ownerId: ann.user.id });
    expect(again.sessionId).not.toBe(talk.session.id);
  });
});

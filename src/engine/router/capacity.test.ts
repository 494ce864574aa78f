import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SetClock } from '../../../test/harness/clock.ts';
import { silentLog } from '../../../test/harness/log.ts';
import { freshDatabaseUri } from '../../../test/harness/stores.ts';
import { buildDesk } from '../../app/build-desk.ts';
import { makePushKeys } from '../push/keys.ts';
import type { BuiltDesk } from '../../app/build-desk.ts';
import { Refusal } from '../../base/errors.ts';
import { assignTalk } from '../../desk/talks/assign-talk.ts';
import { closeTalk } from '../../desk/talks/close-talk.ts';
import { reopenTalk } from '../../desk/talks/reopen-talk.ts';
import { takeTalk } from '../../desk/talks/take-talk.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { SYSTEM } from '../../domain/events/events.ts';
import type { Line } from '../../domain/lines/line.ts';
import { BUILT_IN_ROLES } from '../../domain/operators/permissions.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Stores } from '../../domain/stores.ts';
import { localBlobs } from '../../storage/files/local-blobs.ts';
import { runMigrations } from '../../storage/mongo/migrations/run-migrations.ts';
import { openStores } from '../../storage/mongo/open-stores.ts';

/** Processes on one database: each has its own connections, bus, router and picture of who has what. */
const PROCESSES = 3;

const clock = new SetClock();
const folder = mkdtempSync(path.join(tmpdir(), 'openline-capacity-'));
const processes: BuiltDesk[] = [];
const closing: (() => Promise<void>)[] = [];
let stores: Stores;
let serial = 0;

beforeAll(async () => {
  const uri = freshDatabaseUri();
  for (let index = 0; index < PROCESSES; index++) {
    const opened = await openStores({ uri, log: silentLog });
    if (index === 0) {
      await runMigrations(opened.connection, { backup: async () => {}, log: silentLog });
      closing.push(async () => void (await opened.connection.dropDatabase()));
      ({ stores } = opened);
    }
    const built = buildDesk({
      ...{ stores: opened.stores, blobs: localBlobs(folder), clock, log: silentLog, channels: [] },
      ...{
        pushKeys: makePushKeys(),
        secretKey: 'a secret key for tests only',
        publicUrl: 'http://127.0.0.1:3000',
      },
      allowPrivateProviderHosts: true,
    });
    processes.push(built);
    closing.push(async () => {
      await built.stop();
      if (index > 0) await opened.close();
    });
  }
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => clock.advance(60_000));

const person = async (maxTalks: number | null): Promise<Principal> => {
  serial++;
  const { id } = await stores.users.create({
    ...{ name: `Operator ${serial}`, email: `cap-${serial}@example.org`, handle: `cap.${serial}` },
    ...{ passwordHash: '', role: 'operator', departmentId: null, timeZone: 'UTC' },
    ...{ active: true, maxTalks },
  });
  const user = await stores.users.setPresence(id, 'online', clock.now());
  if (!user) throw new Error('The operator is gone.');
  return { user, grants: BUILT_IN_ROLES.operator.grants, lineIds: [] };
};
const open = async (members: readonly Principal[], more: Partial<Line>): Promise<Line> => {
  const line = await stores.lines.create({
    ...{ key: `cap-${++serial}`, name: `Line ${serial}`, queue: 'evenly' },
    ...{ members: members.map(({ user }) => user.id), timeZone: 'UTC', hours: {}, holidays: [] },
    ...{ offHours: { action: 'queue' }, offerSeconds: 600, maxTalksPerOperator: null },
    ...{ autoLead: false, priority: 0 },
    ...more,
  });
  for (const member of members) member.lineIds = [...member.lineIds, line.id];
  return line;
};
const arrive = async (line: Line): Promise<Conversation> => {
  const { conversation } = await stores.conversations.findOrOpen({
    ...{ accountId: line.id, channelType: 'x', chat: `chat-${++serial}`, lineId: line.id },
    ...{ contactId: line.id, contactName: 'Lee', origin: null, at: clock.now() },
  });
  return conversation;
};
/** Every process hears of all of them at the same moment, as it would be worst. */
const announce = (talks: readonly Conversation[]): void => {
  for (const conversation of talks)
    for (const { desk } of processes)
      desk.bus.publish({ type: 'session.opened', conversation, reopened: false, by: SYSTEM });
};
const settled = async (): Promise<void> => {
  for (let round = 0; round < 2; round++)
    for (const { desk } of processes) await desk.router.idle();
};
const has = async ({ user }: Principal) => (await stores.queue.occupancy([user.id])).get(user.id);

describe('several processes on one database', () => {
  it('keep every operator to their places, on the line and over all lines, while talks come and go', {
    timeout: 120_000,
  }, async () => {
    const people = await Promise.all(
      Array.from({ length: 6 }, (_, index) => person(2 + (index % 2))),
    );
    const lines = [
      await open(people, {}),
      await open(people.slice(2), { assign: 'offer', maxTalksPerOperator: 1 }),
      await open(people, { queue: 'least_busy', maxTalksPerOperator: 2 }),
    ];
    let most = 0;
    const check = async (): Promise<void> => {
      for (const one of people) {
        const talks = (await has(one)) ?? [];
        most = Math.max(most, talks.length);
        expect(talks.length).toBeLessThanOrEqual(one.user.maxTalks ?? 0);
        for (const { id, maxTalksPerOperator } of lines)
          expect(talks.filter(({ lineId }) => lineId === id).length).toBeLessThanOrEqual(
            maxTalksPerOperator ?? Number.POSITIVE_INFINITY,
          );
      }
    };
    for (let wave = 0; wave < 8; wave++) {
      clock.advance(1_000);
      announce(
        await Promise.all(lines.flatMap((line) => [arrive(line), arrive(line), arrive(line)])),
      );
      await settled();
      await check();
      // Some are done; each process hears of its own people's acts only.
      await Promise.all(
        people.map(async (one, index) => {
          const [talk] = (await has(one)) ?? [];
          const { desk } = processes[(index + wave) % PROCESSES] as BuiltDesk;
          if (talk && talk.as !== 'offered') await closeTalk(desk, one, talk.conversationId, null);
        }),
      );
      await settled();
      await check();
    }
    expect(most).toBe(3);
  });

  it('let one operator take no more than they have places, by however many at once', async () => {
    const taker = await person(3);
    const line = await open([taker], { queue: 'all' });
    const talks = await Promise.all(Array.from({ length: 30 }, () => arrive(line)));
    const taken = await Promise.all(
      talks.map(({ id }, index) =>
        takeTalk((processes[index % PROCESSES] as BuiltDesk).desk, taker, id).then(
          () => 'taken',
          (error: unknown) => {
            if (error instanceof Refusal) return error.code;
            throw error;
          },
        ),
      ),
    );
    expect(taken.filter((one) => one === 'taken')).toHaveLength(3);
    expect(await has(taker)).toHaveLength(3);
  });

  it('take and are given at once, and stay within', async () => {
    for (let round = 0; round < 8; round++) {
      const one = await person(1);
      const [given, free] = [await open([one], {}), await open([one], { queue: 'all' })];
      const [first, second] = [await arrive(given), await arrive(free)];
      announce([first]);
      await Promise.allSettled([
        takeTalk((processes[round % PROCESSES] as BuiltDesk).desk, one, second.id),
      ]);
      await settled();
      expect(await has(one)).toHaveLength(1);
    }
  });

  it('let who gives a talk, or goes on with one, go over the limit, and say so in the decision', async () => {
    const { desk } = processes[0] as BuiltDesk;
    const one = await person(1);
    const giver = await person(null);
    const line = await open([one, giver], { queue: 'all' });
    const [first, second, third] = [await arrive(line), await arrive(line), await arrive(line)];
    const boss = { ...giver, grants: BUILT_IN_ROLES.supervisor.grants };
    await closeTalk(desk, boss, third.id, null);
    const whyOf = async ({ id }: Conversation) =>
      (await desk.stores.decisions.ofConversation(id, { limit: 1 })).items[0]?.why;

    await assignTalk(desk, boss, first.id, one.user.id);
    expect(await whyOf(first)).toBe(`${boss.user.name} gave it to ${one.user.name}.`);
    await assignTalk(desk, boss, second.id, one.user.id);
    const over = (count: number) => `Beyond the limit: has ${count} of at most 1 talks.`;
    expect(await whyOf(second)).toBe(`${boss.user.name} gave it to ${one.user.name}. ${over(1)}`);
    await reopenTalk(desk, one, third.id);
    expect(await whyOf(third)).toBe(`${one.user.name} reopened it. ${over(2)}`);
    await expect(takeTalk(desk, one, (await arrive(line)).id)).rejects.toThrow(
      'You have no place for another talk: 3 of at most 1 talks.',
    );
  });

  it('free the place of a process that died before it gave the talk', async () => {
    const one = await person(1);
    const line = await open([one], {});
    const dead = { id: 'dead', conversationId: '0'.repeat(24), lineId: line.id };
    const until = new Date(clock.now().getTime() + 10_000);
    expect(await stores.seats.hold(one.user.id, 0, { ...dead, until }, clock.now())).toBe(true);
    const talk = await arrive(line);
    announce([talk]);
    await settled();
    expect(await has(one)).toEqual([]);
    clock.advance(10_001);
    await processes[1]?.desk.router.sweep();
    await settled();
    expect(await has(one)).toMatchObject([{ conversationId: talk.id }]);
  });
});

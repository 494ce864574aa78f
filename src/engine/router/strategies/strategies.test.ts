import { describe, expect, it } from 'vitest';
import type { Candidate, Strategy } from '../../../contract/routing.ts';
import { candidatesOf } from '../candidates.ts';
import { allAtOnce } from './all-at-once.ts';
import { evenly } from './evenly.ts';
import { leastBusy } from './least-busy.ts';
import { strictly } from './strictly.ts';

const request = {
  conversationId: 'c',
  sessionId: 's',
  lineId: 'l',
  waitingSince: new Date(),
  tried: [],
};
const candidate = (
  operatorId: string,
  position: number,
  more: Partial<Candidate> = {},
): Candidate => ({
  operatorId,
  position,
  load: 0,
  lastTurnAt: null,
  ...more,
});
const picks = (strategy: Strategy, ...candidates: Candidate[]) =>
  strategy.pick(request, candidates);
const day = (n: number) => new Date(2026, 0, n);

describe('the strategies', () => {
  it("evenly: the longest since their last turn, those without one first, ties in the line's order", () => {
    expect(
      picks(
        evenly,
        candidate('ann', 0, { lastTurnAt: day(2) }),
        candidate('bob', 1, { lastTurnAt: day(1) }),
      ),
    ).toMatchObject({ operatorId: 'bob' });
    expect(
      picks(
        evenly,
        candidate('ann', 0, { lastTurnAt: day(1) }),
        candidate('bob', 2),
        candidate('cid', 1),
      ),
    ).toMatchObject({ operatorId: 'cid' });
  });

  it('strictly: the first of the list, however busy', () => {
    expect(picks(strictly, candidate('bob', 1), candidate('ann', 0, { load: 9 }))).toMatchObject({
      operatorId: 'ann',
    });
  });

  it('all at once: offers to everybody who is free', () => {
    expect(picks(allAtOnce, candidate('ann', 0), candidate('bob', 1))).toMatchObject({
      act: 'offer',
      operatorIds: ['ann', 'bob'],
    });
  });

  it('least busy: fewest open talks, then the longest since their last turn', () => {
    expect(
      picks(leastBusy, candidate('ann', 0, { load: 2 }), candidate('bob', 1, { load: 1 })),
    ).toMatchObject({ operatorId: 'bob' });
    expect(
      picks(
        leastBusy,
        candidate('ann', 0, { load: 1, lastTurnAt: day(2) }),
        candidate('bob', 1, { load: 1, lastTurnAt: day(1) }),
      ),
    ).toMatchObject({ operatorId: 'bob' });
  });

  it('say why', () => {
    for (const strategy of [evenly, strictly, allAtOnce, leastBusy])
      expect(picks(strategy, candidate('ann', 0)).why).toMatch(/\w{4}/);
  });
});

describe('candidates', () => {
  const user = (id: string, more: object = {}) =>
    [
      id,
      {
        ...{ active: true, presence: 'online' as const, away: null, maxTalks: null },
        ...{ timeZone: 'Europe/Berlin', ...more },
      },
    ] as const;
  const members = ['ann', 'bob', 'cid', 'dan', 'eve', 'fay', 'gus', 'gone'];
  const line = { members, maxTalksPerOperator: 2 };

  it('excludes with the reason: switched off, offline, on a break, away, at capacity on the line or over all', () => {
    const { candidates, excluded } = candidatesOf({
      line,
      users: new Map([
        user('ann'),
        user('bob', { presence: 'offline' }),
        user('cid', { presence: 'break' }),
        user('dan', { maxTalks: 5 }),
        user('eve'),
        user('fay', {
          away: { kind: 'disconnected', since: new Date('2026-11-23T09:42:00Z'), until: null },
        }),
        user('gus', {
          away: { kind: 'off_hours', since: null, until: new Date('2026-11-24T08:00:00Z') },
        }),
      ]),
      loads: new Map([
        ['dan', { total: 5, onLine: 1 }],
        ['eve', { total: 2, onLine: 2 }],
      ]),
      turns: new Map(),
    });
    expect(candidates.map((one) => one.operatorId)).toEqual(['ann']);
    expect(excluded).toEqual([
      { operatorId: 'bob', why: 'Offline.' },
      { operatorId: 'cid', why: 'On a break.' },
      { operatorId: 'dan', why: 'Has 5 of at most 5 talks.' },
      { operatorId: 'eve', why: 'Has 2 of at most 2 talks on this line.' },
      { operatorId: 'fay', why: 'Not connected since Mon 23 Nov, 10:42 CET.' },
      { operatorId: 'gus', why: 'Outside their working hours until Tue 24 Nov, 09:00 CET.' },
      { operatorId: 'gone', why: 'The account is switched off.' },
    ]);
  });
});

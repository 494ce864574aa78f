import { describe, expect, it } from 'vitest';
import type { ConversationView } from '../../../src/contract/wire.ts';
import type { ListChoice } from './placing.ts';
import { belongs, byRank, byWaiting, choiceOf, nameMatches, place } from './placing.ts';

const talk = (id: string, change: Partial<ConversationView> = {}): ConversationView => ({
  id,
  channelId: 'ch',
  channelType: 'sandbox',
  channelName: 'Sandbox',
  lineId: 'l1',
  lineName: 'Sales',
  state: 'open',
  sessionId: 's',
  seq: 1,
  rev: 1,
  contact: { id: 'p', name: 'Zoë Müller' },
  leadId: null,
  ownerId: 'me',
  ownerName: 'Me',
  lastMessage: { text: 'hi', at: '2026-01-01T10:00:00Z', direction: 'in' },
  unread: 0,
  waitingSince: null,
  why: null,
  blocked: false,
  openedAt: '2026-01-01T09:00:00Z',
  closedAt: null,
  outcome: null,
  ...change,
});
const at = (time: string) => ({
  lastMessage: { text: '', at: `2026-01-01T${time}:00Z`, direction: 'in' as const },
});
const mine: ListChoice = { tab: 'mine', scope: {}, q: '' };

describe('a list of talks', () => {
  const all = new Map(
    [talk('a', at('12:00')), talk('b', at('11:00')), talk('c', at('10:00'))].map((one) => [
      one.id,
      one,
    ]),
  );
  const read = (id: string) => all.get(id) ?? null;

  it('moves a talk with a new message to the top', () => {
    const changed = talk('c', at('13:00'));
    expect(place(['a', 'b', 'c'], changed, mine, 'me', read, true)).toEqual(['c', 'a', 'b']);
  });
  it('drops a talk that somebody else took', () => {
    const lost = talk('b', { ownerId: 'ann' });
    expect(place(['a', 'b', 'c'], lost, mine, 'me', read, true)).toEqual(['a', 'c']);
  });
  it('leaves an older talk to its page while more pages are to come', () => {
    const old = talk('old', at('01:00'));
    expect(place(['a', 'b'], old, mine, 'me', read, false)).toEqual(['a', 'b']);
    expect(place(['a', 'b'], old, mine, 'me', read, true)).toEqual(['a', 'b', 'old']);
  });
  it('finds names by the beginnings of words without accents', () => {
    expect(nameMatches('Zoë Müller', 'mul zoe')).toBe(true);
    expect(nameMatches('Zoë Müller', 'ller')).toBe(false);
    expect(belongs(talk('a'), { ...mine, q: 'ann' }, 'me')).toBe(false);
  });
  it('keeps pinned talks at the top and snoozed ones at the end', () => {
    const ranked = new Map([
      ['s', talk('s', { snoozedUntil: '2026-01-02T09:00:00Z' })],
      ['a', talk('a')],
      ['p', talk('p', { pinnedBy: ['me'] })],
      ['x', talk('x', { pinnedBy: ['ann'] })],
    ]);
    expect(byRank(['s', 'a', 'p', 'x'], 'me', (id) => ranked.get(id) ?? null)).toEqual([
      'p',
      'a',
      'x',
      's',
    ]);
  });
  it('finds by tag after a #', () => {
    const tagged = { ...mine, ...choiceOf('#VIP') };
    expect(belongs(talk('a', { tags: ['vip'] }), tagged, 'me')).toBe(true);
    expect(belongs(talk('a', { tags: ['vip customer'] }), tagged, 'me')).toBe(false);
    expect(choiceOf('#')).toEqual({ q: '#' });
  });
  it('can be limited to a line, a person, the people of a department', () => {
    const open: ListChoice = { ...mine, tab: 'open' };
    const departmentOf = (id: string | null) => (id === 'ann' ? 'north' : null);
    const anns = talk('a', { ownerId: 'ann' });
    const fits = (one: ConversationView, scope: ListChoice['scope']) =>
      belongs(one, { ...open, scope }, 'me', departmentOf);
    expect([fits(anns, {}), fits(anns, { lineId: 'l1' }), fits(anns, { lineId: 'l2' })]).toEqual([
      true,
      true,
      false,
    ]);
    expect([fits(anns, { ownerId: 'ann' }), fits(talk('b'), { ownerId: 'ann' })]).toEqual([
      true,
      false,
    ]);
    const north = { departmentId: 'north' };
    expect([fits(anns, north), fits(talk('b'), north)]).toEqual([true, false]);
    // What is mine stays mine, whoever was chosen elsewhere.
    expect(belongs(talk('b'), { ...mine, scope: { ownerId: 'ann' } }, 'me')).toBe(true);
  });
  it('puts whoever waits longest first', () => {
    const waiting = new Map([
      ['x', talk('x', { waitingSince: '2026-01-01T10:05:00Z' })],
      ['y', talk('y', { waitingSince: '2026-01-01T10:01:00Z' })],
    ]);
    expect(byWaiting(['x', 'y'], (id) => waiting.get(id) ?? null)).toEqual(['y', 'x']);
  });
});

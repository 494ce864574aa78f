import { describe, expect, it } from 'vitest';
import type { ConversationView, LineView, UserView } from '../../../src/contract/wire.ts';
import { lineFigures } from './figures.ts';

const user = (id: string, change: Partial<UserView> = {}): UserView => ({
  id,
  name: id,
  email: `${id}@example.org`,
  handle: id,
  role: 'operator',
  departmentId: null,
  timeZone: 'UTC',
  active: true,
  maxTalks: null,
  presence: 'online',
  load: 0,
  createdAt: '2026-01-01T00:00:00Z',
  ...change,
});
const line = (id: string, change: Partial<LineView> = {}): LineView => ({
  id,
  key: id,
  name: id,
  queue: 'evenly',
  members: [],
  timeZone: 'UTC',
  hours: {},
  holidays: [],
  offHours: { action: 'queue' },
  offerSeconds: 120,
  maxTalksPerOperator: null,
  autoLead: true,
  priority: 0,
  waiting: 0,
  open: 0,
  createdAt: '2026-01-01T00:00:00Z',
  ...change,
});
const talk = (id: string, change: Partial<ConversationView>): ConversationView => ({
  id,
  channelId: 'c',
  channelType: 'sandbox',
  channelName: 'Sandbox',
  lineId: 'sales',
  lineName: 'Sales',
  state: 'waiting',
  sessionId: 's',
  seq: 1,
  rev: 1,
  contact: { id: 'p', name: 'Zoë' },
  leadId: null,
  ownerId: null,
  ownerName: null,
  lastMessage: null,
  unread: 0,
  waitingSince: '2026-01-01T10:00:00Z',
  why: null,
  blocked: false,
  openedAt: '2026-01-01T09:00:00Z',
  closedAt: null,
  outcome: null,
  ...change,
});
const held = (id: string, ownerId: string, awaitsAnswer = true) =>
  talk(id, { state: 'open', ownerId, awaitsAnswer, waitingSince: null });

describe('the board', () => {
  it('puts the line whose customer waits longest first, and the longest wait within it', () => {
    const figures = lineFigures(
      [line('calm'), line('sales'), line('help')],
      [
        talk('a', { waitingSince: '2026-01-01T10:05:00Z' }),
        talk('b', { waitingSince: '2026-01-01T10:02:00Z' }),
        talk('c', { lineId: 'help', waitingSince: '2026-01-01T10:01:00Z' }),
      ],
      [],
    );
    expect(figures.map((one) => one.line.id)).toEqual(['help', 'sales', 'calm']);
    expect(figures[1]?.waiting.map(({ id }) => id)).toEqual(['b', 'a']);
  });
  it('says who is free, and why the others are not', () => {
    const members = ['free', 'away', 'tea', 'full', 'here', 'cut', 'sun'];
    const [figures] = lineFigures(
      [line('sales', { members, maxTalksPerOperator: 1 })],
      [held('x', 'here')],
      [
        user('free'),
        user('away', { presence: 'offline' }),
        user('tea', { presence: 'break' }),
        user('full', { load: 3, maxTalks: 3 }),
        user('here', { load: 1 }),
        user('cut', {
          away: { kind: 'disconnected', since: '2026-01-01T10:00:00Z', until: null, why: '' },
        }),
        user('sun', {
          presence: 'offline',
          away: { kind: 'absent', since: null, until: '2026-01-03T00:00:00Z', why: '' },
        }),
        user('gone', { active: false }),
      ],
    );
    expect(figures?.people.map(({ user: { id }, obstacle }) => [id, obstacle])).toEqual([
      ['free', null],
      ['full', 'full'],
      ['here', 'full_here'],
      ['tea', 'break'],
      ['cut', 'disconnected'],
      ['away', 'offline'],
      ['sun', 'absent'],
    ]);
    expect(figures?.free).toBe(1);
  });
  it('counts only talks that wait for an answer where the line says so', () => {
    const [figures] = lineFigures(
      [line('sales', { members: ['ann'], maxTalksPerOperator: 1, counts: 'awaiting' })],
      [held('x', 'ann', false), held('y', 'ann', false)],
      [user('ann', { load: 2 })],
    );
    expect(figures?.people[0]).toMatchObject({ here: 0, obstacle: null });
    expect(figures?.open).toBe(2);
  });
});

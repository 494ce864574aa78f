import { describe, expect, it } from 'vitest';
import type { MessageView } from '../../../src/contract/wire.ts';
import type { Outgoing } from '../state/outbox.ts';
import { rowsOf } from './rows.ts';

const message = (seq: number, change: Partial<MessageView> = {}): MessageView => ({
  id: `id${seq}`,
  conversationId: 'c',
  sessionId: 's',
  seq,
  direction: 'in',
  text: '',
  parts: [],
  author: { kind: 'contact', id: 'ann', name: 'Ann' },
  at: new Date(2026, 0, 1, 10, seq).toISOString(),
  clientId: null,
  replyTo: null,
  albumId: null,
  edits: [],
  removedAt: null,
  reactions: [],
  delivery: null,
  ...change,
});
const outgoing = (clientId: string): Outgoing => ({
  conversationId: 'c',
  userId: 'u',
  at: '',
  body: { clientId },
  files: [],
  replyText: null,
  state: 'queued',
  problem: null,
});
const kinds = (rows: { kind: string }[]) => rows.map(({ kind }) => kind);

describe('rows of a talk', () => {
  it('begin each day with a mark', () => {
    const next = message(2, { at: new Date(2026, 0, 2, 9).toISOString() });
    expect(kinds(rowsOf([message(1), next], [], null))).toEqual([
      'day',
      'message',
      'day',
      'message',
    ]);
  });
  it('join one author within five minutes into a run', () => {
    const rows = rowsOf([message(1), message(2), message(9)], [], null);
    const runs = rows.flatMap((row) => (row.kind === 'message' ? [[row.first, row.last]] : []));
    expect(runs).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });
  it('show an album as one row', () => {
    const rows = rowsOf([message(1, { albumId: 'x' }), message(2, { albumId: 'x' })], [], null);
    expect(kinds(rows)).toEqual(['day', 'message']);
    expect(rows[1]?.kind === 'message' && rows[1].messages.length).toBe(2);
  });
  it('mark where the unread ones begin, once', () => {
    expect(kinds(rowsOf([message(1), message(2), message(3)], [], 1))).toEqual([
      'day',
      'message',
      'new',
      'message',
      'message',
    ]);
  });
  it('keep the key of an outgoing message when it is stored, and show it once', () => {
    const before = rowsOf([], [outgoing('k1')], null);
    const after = rowsOf(
      [message(1, { clientId: 'k1', direction: 'out' })],
      [outgoing('k1')],
      null,
    );
    expect(before.map(({ key }) => key)).toEqual(['k1']);
    expect(after.filter(({ key }) => key === 'k1')).toHaveLength(1);
  });
});

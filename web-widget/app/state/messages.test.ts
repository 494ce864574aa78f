import { describe, expect, test } from 'vitest';
import type { VisitorMessage } from '../../../src/contract/wire.ts';
import { markRead, markSeen, merge, place, stillPending, unreadOf } from './messages.ts';

const message = (seq: number, change: Partial<VisitorMessage> = {}): VisitorMessage => ({
  id: `m${seq}`,
  seq,
  from: 'operator',
  name: 'Ann',
  text: `text ${seq}`,
  files: [],
  buttons: [],
  at: new Date(2026, 10, 2, 10, seq).toISOString(),
  clientId: null,
  removed: false,
  reactions: [],
  read: false,
  replyTo: null,
  edited: false,
  ...change,
});

describe('messages that come in', () => {
  test('stand in order of seq, each once, however they arrive', () => {
    const held = merge([message(3)], [message(1), message(2), message(3, { text: 'changed' })]);
    expect(held.map(({ seq, text }) => [seq, text])).toEqual([
      [1, 'text 1'],
      [2, 'text 2'],
      [3, 'changed'],
    ]);
  });

  test('keep the address of a file, so that a picture is not loaded again', () => {
    const file = { id: 'f', name: 'a.png', mime: 'image/png', size: 1, state: 'ready' as const };
    const [after] = merge(
      [message(1, { files: [{ ...file, url: '/old' }] })],
      [message(1, { files: [{ ...file, url: '/new' }] })],
    );
    expect(after?.files[0]?.url).toBe('/old');
  });

  test('take the place of what was pending', () => {
    const pending = ['a', 'b'].map((clientId) => ({
      clientId,
      text: '',
      files: [],
      at: '',
      state: 'waiting' as const,
    }));
    expect(
      stillPending(pending, [message(1, { clientId: 'a' })]).map(({ clientId }) => clientId),
    ).toEqual(['b']);
  });

  test('that were read stay read when an older version comes late', () => {
    const [after] = merge([message(1, { read: true })], [message(1, { read: false })]);
    expect(after?.read).toBe(true);
  });
});

describe('reading', () => {
  const all = [
    message(1, { from: 'visitor' }),
    message(2),
    message(3, { from: 'visitor' }),
    message(4),
  ];

  test("of the visitor goes up to a message and touches only the others'", () => {
    expect(unreadOf(markRead(all, 2)).map(({ seq }) => seq)).toEqual([4]);
  });

  test("of the operator goes up to a message and touches only the visitor's", () => {
    expect(
      markSeen(all, 2)
        .filter(({ read }) => read)
        .map(({ seq }) => seq),
    ).toEqual([1]);
  });
});

describe('messages beside each other', () => {
  const ends = (messages: VisitorMessage[]) =>
    place(messages).map(({ first, last, newDay }) => [first, last, newDay]);

  test('of one author within five minutes stand together', () => {
    expect(ends([message(1), message(2), message(20)])).toEqual([
      [true, false, true],
      [false, true, false],
      [true, true, false],
    ]);
  });

  test('of another person or another day stand apart', () => {
    const tomorrow = new Date(2026, 10, 3, 10).toISOString();
    expect(
      ends([message(1), message(2, { name: 'Bob' }), message(3, { name: 'Bob', at: tomorrow })]),
    ).toEqual([
      [true, true, true],
      [true, true, false],
      [true, true, true],
    ]);
  });
});

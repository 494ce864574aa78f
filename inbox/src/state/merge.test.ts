import { describe, expect, it } from 'vitest';
import type { MessageView } from '../../../src/contract/wire.ts';
import { NOTHING_HELD, lastSeq, mergeMessages, prependOlder } from './merge.ts';

const message = (seq: number, text = `m${seq}`): MessageView => ({
  id: `id${seq}`,
  conversationId: 'c',
  sessionId: 's',
  seq,
  direction: 'in',
  text,
  parts: [],
  author: { kind: 'contact', id: 'p', name: 'Ann' },
  at: '2026-01-01T00:00:00.000Z',
  clientId: null,
  replyTo: null,
  albumId: null,
  edits: [],
  removedAt: null,
  reactions: [],
  delivery: null,
});
const seqs = (held: { items: readonly MessageView[] }) => held.items.map(({ seq }) => seq);

describe('messages of a talk', () => {
  it('are appended in order whatever order they come in', () => {
    const { held, gap } = mergeMessages(NOTHING_HELD, [message(3), message(1), message(2)], '');
    expect(seqs(held)).toEqual([1, 2, 3]);
    expect(gap).toBe(false);
  });
  it('leave no hole: a later one is refused and the gap is told', () => {
    const { held } = mergeMessages(NOTHING_HELD, [message(5)], '');
    const next = mergeMessages(held, [message(8)], '');
    expect(seqs(next.held)).toEqual([5]);
    expect(next.gap).toBe(true);
  });
  it('come once however often they arrive', () => {
    const { held } = mergeMessages(NOTHING_HELD, [message(1), message(2)], '');
    expect(seqs(mergeMessages(held, [message(2), message(1)], '').held)).toEqual([1, 2]);
  });
  it('keep the newer view when an older one is late', () => {
    const first = mergeMessages(NOTHING_HELD, [message(1, 'old')], '2026-01-01T00:00:01Z').held;
    const edited = mergeMessages(first, [message(1, 'new')], '2026-01-01T00:00:03Z').held;
    const late = mergeMessages(edited, [message(1, 'late')], '2026-01-01T00:00:02Z').held;
    expect(late.items[0]?.text).toBe('new');
  });
  it('take an older page in front only when it joins', () => {
    const { held } = mergeMessages(NOTHING_HELD, [message(10), message(11)], '');
    expect(seqs(prependOlder(held, [message(9), message(8)]))).toEqual([8, 9, 10, 11]);
    expect(seqs(prependOlder(held, [message(5)]))).toEqual([10, 11]);
    expect(lastSeq(held)).toBe(11);
  });
});

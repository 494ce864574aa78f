import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStores } from '../../../test/harness/stores.ts';
import type { MessageDraft } from '../../domain/conversations/message.ts';
import type { Stores } from '../../domain/stores.ts';
import { newId } from './documents.ts';
import { storesOver } from './open-stores.ts';

let stores: Stores;
/** Repositories of a second process: nothing in memory is shared with the first. */
let elsewhere: Stores;
let close: () => Promise<void>;
beforeAll(async () => {
  const opened = await openTestStores();
  ({ stores, close } = opened);
  elsewhere = storesOver(opened.connection);
});
afterAll(() => close());

const id = () => String(newId());
const at = (second: number) => new Date(Date.UTC(2026, 10, 2, 10, 0, second));
let keys = 0;
const draft = (conversationId: string, more: Partial<MessageDraft> = {}): MessageDraft => ({
  conversationId,
  accountId: id(),
  sessionId: id(),
  direction: 'in',
  text: 'Hello',
  marks: [],
  parts: [],
  author: { kind: 'contact', id: id(), name: 'Ann' },
  at: at(0),
  key: `key-${++keys}`,
  clientId: null,
  externalIds: [],
  replyTo: null,
  albumId: null,
  forwardedFrom: null,
  event: null,
  buttons: [],
  delivery: null,
  ...more,
});
const append = async (conversationId: string, more: Partial<MessageDraft> = {}) =>
  (await stores.messages.append(draft(conversationId, more), 0)).message;
const seqsOf = async (conversationId: string) =>
  (await stores.messages.after(conversationId, 0, 10_000)).map(({ seq }) => seq);
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('appending', () => {
  it('numbers without gaps under twenty writers in two processes', async () => {
    const conversation = id();
    await Promise.all(
      Array.from({ length: 20 }, async (_, writer) => {
        const { messages } = writer % 2 === 0 ? stores : elsewhere;
        for (let turn = 0; turn < 10; turn++) await messages.append(draft(conversation), 0);
      }),
    );
    expect(await seqsOf(conversation)).toEqual(upTo(200));
  });

  it('makes one message of fifty with the same key, in two processes, and leaves no gap', async () => {
    const conversation = id();
    await append(conversation);
    const same = draft(conversation, { key: 'the same', text: 'first' });
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, call) =>
        (call % 2 === 0 ? stores : elsewhere).messages.append({ ...same, sessionId: id() }, 1),
      ),
    );
    expect(new Set(results.map(({ message }) => message.id)).size).toBe(1);
    expect(results.filter(({ fresh }) => fresh)).toHaveLength(1);
    await append(conversation);
    expect(await seqsOf(conversation)).toEqual([1, 2, 3]);
  });

  it('serves many conversations at once', async () => {
    const conversations = Array.from({ length: 40 }, id);
    const results = await Promise.all(
      [...conversations, ...conversations].map((one) => stores.messages.append(draft(one), 0)),
    );
    expect(results.map(({ message }) => message.seq)).toEqual([
      ...conversations.map(() => 1),
      ...conversations.map(() => 2),
    ]);
    expect(results.slice(0, 40).map(({ message }) => message.conversationId)).toEqual(
      conversations,
    );
  });

  it('gives back what is stored, field by field', async () => {
    const conversation = id();
    const given = draft(conversation, {
      ...{ marks: [{ type: 'bold', offset: 0, length: 2 }], clientId: 'c1', externalIds: ['e1'] },
      parts: [{ kind: 'location', latitude: 1.5, longitude: -2 }],
      replyTo: { messageId: id(), seq: 1, text: 'quoted', author: 'Bob' },
      buttons: [{ label: 'Yes', value: 'y', token: 't' }],
    });
    const { message } = await stores.messages.append(given, 0);
    expect(message).toMatchObject({ ...given, seq: 1, edits: [], reactions: [], removedAt: null });
    expect(await stores.messages.get(message.id)).toEqual(message);
    expect(await stores.messages.byKey(conversation, given.key)).toEqual(message);
    expect(await stores.messages.byExternalId(conversation, 'e1')).toEqual(message);
    expect(await stores.messages.byExternalId(id(), 'e1')).toBeNull();
    expect(await stores.messages.get('no id at all')).toBeNull();
  });
});

describe('reading', () => {
  it('pages both ways in seq order', async () => {
    const conversation = id();
    for (let turn = 0; turn < 6; turn++) await append(conversation);
    const seqs = (list: { seq: number }[]) => list.map(({ seq }) => seq);
    expect(seqs(await stores.messages.after(conversation, 2, 3))).toEqual([3, 4, 5]);
    expect(seqs(await stores.messages.before(conversation, 5, 2))).toEqual([3, 4]);
    expect(seqs(await stores.messages.before(conversation, Infinity, 2))).toEqual([5, 6]);
  });

  it('tells what changed in messages already held, and not what is new', async () => {
    const conversation = id();
    const first = await append(conversation);
    await append(conversation, { at: at(10) });
    const third = await append(conversation);
    await stores.messages.edit(first.id, 'changed', [], at(11));
    await stores.messages.touch(third.id, at(12));
    const ids = async (since: Date, held: number) =>
      (await stores.messages.changedSince(conversation, since, held, 10)).map((one) => one.id);
    expect(await ids(at(5), 3)).toEqual([first.id, third.id]);
    expect(await ids(at(5), 2)).toEqual([first.id]);
    expect(await ids(at(11), 3)).toEqual([third.id]);
  });

  it('finds the last reply of somebody else', async () => {
    const conversation = id();
    const [me, bob] = [id(), id()];
    const by = (userId: string) => ({ kind: 'user' as const, id: userId, name: 'x' });
    await append(conversation, { direction: 'out', author: by(bob) });
    const reply = await append(conversation, { direction: 'out', author: by(bob) });
    await append(conversation, { direction: 'out', author: by(me) });
    await append(conversation, { direction: 'note', author: by(bob) });
    await append(conversation, {
      direction: 'out',
      author: { kind: 'system', id: null, name: 'Openline' },
    });
    expect((await stores.messages.replyAfter(conversation, 1, me))?.id).toBe(reply.id);
    expect(await stores.messages.replyAfter(conversation, 2, me)).toBeNull();
  });
});

describe('changing', () => {
  it('keeps earlier texts, whatever they contain', async () => {
    const message = await append(id(), { text: '$one' });
    await stores.messages.edit(message.id, '$$two', [], at(1));
    const edited = await stores.messages.edit(
      message.id,
      'three',
      [{ type: 'bold', offset: 0, length: 1 }],
      at(2),
    );
    expect(edited).toMatchObject({
      ...{ text: 'three', marks: [{ type: 'bold', offset: 0, length: 1 }], changedAt: at(2) },
      edits: [
        { text: '$one', at: at(1) },
        { text: '$$two', at: at(2) },
      ],
    });
    expect((await stores.messages.remove(message.id, at(3)))?.removedAt).toEqual(at(3));
    expect(await stores.messages.remove(message.id, at(4))).toBeNull();
    expect(await stores.messages.edit(message.id, 'four', [], at(4))).toBeNull();
  });

  it('replaces the reactions of one person and leaves those of others', async () => {
    const { id: message } = await append(id());
    const ann = { kind: 'contact' as const, id: 'a', name: 'Ann' };
    const bob = { kind: 'user' as const, id: 'a', name: 'Bob' };
    await stores.messages.setReactions(message, ann, ['👍', '👍'], at(1));
    await stores.messages.setReactions(message, bob, ['❤️'], at(2));
    const changed = await stores.messages.setReactions(message, ann, ['🎉', '$x'], at(3));
    expect(changed?.reactions).toEqual([
      { emoji: '❤️', by: bob },
      { emoji: '🎉', by: ann },
      { emoji: '$x', by: ann },
    ]);
    expect((await stores.messages.setReactions(message, ann, [], at(4)))?.reactions).toEqual([
      { emoji: '❤️', by: bob },
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, type Doc, encode } from '../values/index.ts';
import { MessageCutter } from './connection.ts';
import { HEADER_BYTES, readMessage } from './message.ts';
import { Answer } from './answer.ts';
import { msgHead } from './reply.ts';

const messageOf = (command: Doc): Buffer => {
  const document = encode(command);
  return Buffer.concat([msgHead(7, 0, document.length), document]);
};

describe('a stream of messages', () => {
  it('is cut right wherever the network cuts it', () => {
    const stream = Buffer.concat(
      [1, 2, 3].map((n) => messageOf({ ping: n, text: 'x'.repeat(n * 50) })),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: stream.length })), (cuts) => {
        const cutter = new MessageCutter();
        const found: unknown[] = [];
        const edges = [0, ...cuts.sort((a, b) => a - b), stream.length];
        for (const [i, edge] of edges.slice(1).entries())
          for (const message of cutter.push(stream.subarray(edges[i], edge)))
            found.push(readMessage(message).body['ping']);
        expect(found).toEqual([1, 2, 3]);
      }),
    );
  });

  it('is refused when a length is impossible', () => {
    const cutter = new MessageCutter();
    expect(() => [...cutter.push(Buffer.alloc(20, 0xff))]).toThrow(RangeError);
  });
});

describe('a message', () => {
  it('keeps long lists as BSON, in the body as in a section of their own', () => {
    const documents = [{ _id: 1 }, { _id: 2, text: 'two' }];
    const inBody = readMessage(messageOf({ insert: 'x', documents, $db: 'test' }));
    expect(inBody.body).toEqual({ insert: 'x', $db: 'test' });
    expect(inBody.lists.get('documents')?.map((raw) => decode(raw))).toEqual(documents);

    const body = encode({ insert: 'x', $db: 'test' });
    const list = Buffer.concat([Buffer.from('documents\0'), ...documents.map((d) => encode(d))]);
    const size = Buffer.alloc(4);
    size.writeInt32LE(list.length + 4, 0);
    const section = Buffer.concat([Buffer.from([1]), size, list]);
    const head = msgHead(1, 0, body.length + section.length);
    const apart = readMessage(Buffer.concat([head, body, section]));
    expect(apart.lists.get('documents')?.map((raw) => decode(raw))).toEqual(documents);
  });

  it('that is malformed is refused, whatever is wrong with it', () => {
    const good = messageOf({
      find: 'x',
      filter: { a: [1, { b: 2 }] },
      documents: [{ a: 1 }],
      $db: 't',
    });
    let refused = 0;
    for (let at = HEADER_BYTES; at < good.length; at++) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] as number) ^ 0x5a;
      try {
        readMessage(bad);
      } catch (error) {
        // An error of ours or a range check of Buffer: both end the connection.
        expect(error).toBeInstanceOf(Error);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(10);
  });
});

describe('an answer with a batch', () => {
  it('is the BSON that an encoder would make of it', () => {
    const documents = Array.from({ length: 1200 }, (_, n) => ({ n }));
    const batch = documents.map((d) => encode(d));
    const answer = Answer.cursor(batch, 'firstBatch', { id: 5n, ns: 'a.b' }, { extra: 1 });
    answer.add({ stamp: 2 });
    const read = decode(answer.document()) as {
      cursor: Doc;
      extra: number;
      ok: number;
      stamp: number;
    };
    expect(read.cursor['firstBatch']).toEqual(documents);
    expect(String(read.cursor['id'])).toBe('5');
    expect([read.extra, read.ok, read.stamp]).toEqual([1, 1, 2]);
  });
});

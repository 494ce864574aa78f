import { Binary, BSONRegExp, Code, deserialize, Long, serialize, Timestamp } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { models, plainOf } from '../../test/conformance/order/model.ts';
import { describeSeeds } from '../../test/conformance/seeds.ts';
import { MongoError } from '../errors.ts';
import { decode, encode, type Doc } from './index.ts';

describeSeeds('BSON', (seed) => {
  it('is written as the official library writes it', () => {
    fc.assert(
      fc.property(models, (m) => {
        const doc = { v: plainOf(m) };
        expect(encode(doc).equals(Buffer.from(serialize(doc)))).toBe(true);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('comes back byte for byte after reading and writing', () => {
    fc.assert(
      fc.property(models, models, (a, b) => {
        const bytes = Buffer.from(serialize({ a: plainOf(a), b: plainOf(b), c: [plainOf(a)] }));
        expect(encode(decode(bytes)).equals(bytes)).toBe(true);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('gives single fields of a document without reading the others', () => {
    fc.assert(
      fc.property(models, models, models, (a, b, c) => {
        const bytes = Buffer.from(serialize({ a: plainOf(a), b: plainOf(b), c: plainOf(c) }));
        const some = decode(bytes, new Set(['c', 'a']));
        expect(Object.keys(some)).toEqual(['a', 'c']);
        expect(encode(some).equals(Buffer.from(serialize({ a: plainOf(a), c: plainOf(c) })))).toBe(
          true,
        );
      }),
      { seed, numRuns: 1000 },
    );
  });
});

describeSeeds('damaged BSON', (seed) => {
  it('is refused or read as something, and never followed out of its bytes', () => {
    const damage = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    let refused = 0;
    fc.assert(
      fc.property(models, models, damage, fc.boolean(), (a, b, bytes, part) => {
        const raw = encode({ a: plainOf(a), b: [plainOf(b)], c: 1 });
        for (const [at, value] of bytes) raw[at % raw.length] = value;
        try {
          decode(raw, part ? new Set(['c']) : null);
        } catch (e) {
          refused++;
          expect(e).toBeInstanceOf(MongoError);
        }
      }),
      { seed, numRuns: 5000 },
    );
    expect(refused).toBeGreaterThan(500);
  });
});

describe('BSON of odd documents', () => {
  it('keeps number types apart', () => {
    const bytes = serialize({ i: 1, d: 1.5, l: Long.fromNumber(1), z: -0, w: 2 ** 40 });
    expect(encode(decode(bytes)).equals(Buffer.from(bytes))).toBe(true);
  });

  it('holds a field called __proto__ as any other', () => {
    const doc: Doc = {};
    Object.defineProperty(doc, '__proto__', { value: { x: 1 }, enumerable: true });
    const back = decode(encode(doc));
    expect(Object.keys(back)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
  });

  it('takes a document with a field called _bsontype for a document', () => {
    const doc = { _id: 1, v: { _bsontype: 'ObjectId', id: 'x' } };
    expect(decode(encode(doc))).toEqual(doc);
  });

  it('leaves missing fields out and writes missing elements as null', () => {
    expect(decode(encode({ a: undefined, b: [1, undefined] }))).toEqual({ b: [1, null] });
  });

  it('reads names longer than its cache takes and names of many bytes', () => {
    const doc = { ['x'.repeat(100)]: 1, наблюдение: 2, '😀': 3 };
    expect(decode(encode(doc))).toEqual(doc);
  });

  it('writes old binaries, code with scope, timestamps and regular expressions', () => {
    const doc = {
      old: new Binary(Buffer.from('abc'), 2),
      uuid: new Binary(Buffer.alloc(16, 7), 4),
      code: new Code('x', { y: 1 }),
      ts: new Timestamp({ t: 4294967295, i: 3 }),
      re: new BSONRegExp('a|b', 'im'),
    };
    expect(encode(decode(serialize(doc))).equals(Buffer.from(serialize(doc)))).toBe(true);
    expect(deserialize(encode(decode(serialize(doc))))['ts']).toEqual(
      deserialize(serialize(doc))['ts'],
    );
  });

  it('refuses bytes that are no BSON', () => {
    const refused = (hex: string): void => {
      expect(() => decode(Buffer.from(hex, 'hex'))).toThrow(MongoError);
    };
    refused('0b000000996100010000000000');
    refused('ff0000000261000200000061000000');
    refused('0e00000002610090000000610000');
  });

  it('refuses a field name with a NUL in it', () => {
    expect(() => encode({ 'a\0b': 1 })).toThrow(MongoError);
  });
});

describe('the order of fields', () => {
  it('keeps _id first although JS moves numeric names to the front', () => {
    const bytes = encode({ _id: 1, a: 2, 7: 3 });
    expect(
      bytes.equals(
        Buffer.from(
          serialize(
            new Map<string, number>([
              ['_id', 1],
              ['7', 3],
              ['a', 2],
            ]),
          ),
        ),
      ),
    ).toBe(true);
  });
});

import { Decimal128, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import { encodeKey, keyText, MAXENC, UNDEF } from './index.ts';

describe('an ordered key', () => {
  it('puts an empty array below null and above MinKey', () => {
    const empty = encodeKey([UNDEF], [1]).enc;
    const none = encodeKey([null], [1]).enc;
    expect(Buffer.compare(empty, none)).toBeLessThan(0);
  });

  it('is cut and marked lossy when it is long, and then still tells values apart', () => {
    const long = 'x'.repeat(5000);
    const a = encodeKey([`${long}a`], [1]);
    const b = encodeKey([`${long}b`], [1]);
    expect(a.lossy).toBe(true);
    expect(a.enc.length).toBe(MAXENC + 20);
    expect(a.enc.equals(b.enc)).toBe(false);
    expect(encodeKey(['short'], [1]).lossy).toBe(false);
  });

  it('is the same for one number in any of the four types', () => {
    const keys = [7, Long.fromNumber(7), Decimal128.fromString('7.00')].map((v) => keyText(v));
    expect(new Set(keys).size).toBe(1);
  });

  it('keeps neighbours beyond 2^53 apart', () => {
    const texts = ['9007199254740992', '9007199254740993', '9007199254740994'];
    const longs = texts.map((t) => encodeKey([Long.fromString(t)], [1]).enc);
    const decimals = texts.map((t) => encodeKey([Decimal128.fromString(t)], [1]).enc);
    expect(Buffer.compare(longs[0] as Buffer, longs[1] as Buffer)).toBeLessThan(0);
    expect(Buffer.compare(longs[1] as Buffer, longs[2] as Buffer)).toBeLessThan(0);
    expect(decimals.map((d, i) => d.equals(longs[i] as Buffer))).toEqual([true, true, true]);
  });
});

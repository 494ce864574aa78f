import { describe, expect, it } from 'vitest';
import { encryptPush } from './encrypt.ts';
import { makePushKeys, readPushKeys } from './keys.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

describe('a push message', () => {
  it('is encrypted as in the example of RFC 8291, appendix A', () => {
    const sealed = encryptPush(
      Buffer.from('When I grow up, I want to be a watermelon'),
      {
        p256dh:
          'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      },
      {
        salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
        privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
      },
    );
    expect(sealed.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml' +
        'mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT' +
        'pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });
  it('is for a key on the curve alone', () => {
    const auth = bytes('BTBZMqHH6r4Tts7J_aSIgg').toString('base64url');
    expect(() => encryptPush(Buffer.from('x'), { p256dh: 'AAAA', auth })).toThrow();
  });
});

describe('the keys of an installation', () => {
  it('come back from their file', () => {
    const keys = makePushKeys();
    expect(readPushKeys(JSON.stringify(keys))).toEqual(keys);
    expect(bytes(keys.publicKey)).toHaveLength(65);
  });
  it.each([
    ['cut off', '{"publicKey":'],
    ['of two pairs', JSON.stringify({ ...makePushKeys(), privateKey: makePushKeys().privateKey })],
    ['without one', JSON.stringify({ publicKey: 'x' })],
  ])('are refused when %s', (_, text) => {
    expect(readPushKeys(text)).toBeNull();
  });
});

import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readIdentity } from './identity-token.ts';
import { scrubAddress, scrubPage } from './page.ts';

const SECRET = 'inbox_secret';
const NOW = new Date('2026-11-23T12:00:00Z');
const sign = (
  claims: object,
  secret = SECRET,
  header: object = { alg: 'HS256', typ: 'JWT' },
): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part(header)}.${part(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
};
const exp = NOW.getTime() / 1000 + 60;

describe('an identity token', () => {
  test('of another maker is read (a published example)', () => {
    const token =
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHRlcm5hbF91c2VyX2lkIjoidXNlci00MiIsImVtYWlsIjoiaXZhbkBleGFtcGxlLmNvbSIsImZpcnN0X25hbWUiOiJJdmFuIiwiZXhwIjoxODkzNDU2MDAwfQ.Fa3l9x34U-HOUIJMzjtAXXmFXqIyFCLX9Kg2umCQ9BA';
    expect(readIdentity(token, [SECRET], 'line', NOW)).toEqual({
      ok: true,
      identity: { subject: 'user-42', name: 'Ivan', email: 'ivan@example.com', phone: null },
    });
  });

  test('is good under the previous secret too', () => {
    expect(
      readIdentity(sign({ sub: 'u', exp }, 'old-one'), ['new-one', 'old-one'], 'line', NOW).ok,
    ).toBe(true);
  });

  test.each([
    [
      'a changed body',
      () =>
        sign({ sub: 'u', exp }).replace(
          /\.[^.]+\./,
          `.${Buffer.from(JSON.stringify({ sub: 'admin', exp })).toString('base64url')}.`,
        ),
    ],
    ['no signature', () => `${sign({ sub: 'u', exp }).split('.').slice(0, 2).join('.')}.`],
    ['alg none', () => sign({ sub: 'u', exp }, SECRET, { alg: 'none' })],
    ['another algorithm', () => sign({ sub: 'u', exp }, SECRET, { alg: 'RS256' })],
    ['an end in the past', () => sign({ sub: 'u', exp: exp - 600 })],
    ['no end', () => sign({ sub: 'u' })],
    ['a start in the future', () => sign({ sub: 'u', exp: exp + 9000, nbf: exp + 8000 })],
    ['an empty subject', () => sign({ sub: '', exp })],
    ['a subject that is too long', () => sign({ sub: 'u'.repeat(129), exp })],
    ['another audience', () => sign({ sub: 'u', exp, aud: ['elsewhere'] })],
    ['four parts', () => `${sign({ sub: 'u', exp })}.x`],
    ['nothing in it', () => ''],
    ['5,000 characters', () => 'x'.repeat(5000)],
  ])('with %s is refused', (_name, token) => {
    expect(readIdentity(token(), [SECRET], 'line', NOW).ok).toBe(false);
  });

  test('is never good without a secret: an empty one would let anybody sign', () => {
    expect(readIdentity(sign({ sub: 'u', exp }, ''), [], 'line', NOW).ok).toBe(false);
  });

  test('with an odd e-mail is good, without the e-mail', () => {
    expect(
      readIdentity(sign({ sub: 7, exp, email: 'not one', name: ' Lee ' }), [SECRET], 'line', NOW),
    ).toMatchObject({
      identity: { subject: '7', email: null, name: 'Lee' },
    });
  });
});

describe('the page of a visitor', () => {
  test('loses what looks secret', () => {
    expect(
      scrubAddress('https://u:p@shop.example/a?id=7&session=abc&api_key=k&utm_source=mail#token=1'),
    ).toBe('https://shop.example/a?id=7&utm_source=mail');
  });

  test.each(['javascript:alert(1)', 'file:///etc/passwd', 'nonsense', ''])(
    'is not %s',
    (address) => {
      expect(scrubPage({ url: address })).toEqual({});
    },
  );
});

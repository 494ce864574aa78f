import { expect, test } from 'vitest';
import { signWebhook, verifyWebhook } from './standard-webhooks.ts';

// The example of the Standard Webhooks specification's own libraries.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const at = new Date(1_614_265_330_000);
const body = Buffer.from('{"test": 2432232314}');

test('the signature is the one of the published example', () => {
  expect(signWebhook(secret, id, at, body)['webhook-signature']).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

test('a signed request is believed, and with any piece changed it is not', () => {
  const headers = signWebhook(secret, id, at, body);
  expect(verifyWebhook(secret, headers, body, at)).toBe(true);
  expect(verifyWebhook(secret, headers, Buffer.from('{"test": 1}'), at)).toBe(false);
  expect(verifyWebhook(secret, { ...headers, 'webhook-id': 'other' }, body, at)).toBe(false);
  expect(verifyWebhook('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', headers, body, at)).toBe(false);
  expect(verifyWebhook('', headers, body, at)).toBe(false);
});

test('one good signature among several is enough, as during a change of secrets', () => {
  const headers = signWebhook(secret, id, at, body);
  const several = `v1,AAAA v2,BBBB ${headers['webhook-signature']}`;
  expect(verifyWebhook(secret, { ...headers, 'webhook-signature': several }, body, at)).toBe(true);
});

test('a timestamp six minutes off is refused on either side', () => {
  const headers = signWebhook(secret, id, at, body);
  for (const minutes of [-6, 6])
    expect(verifyWebhook(secret, headers, body, new Date(at.getTime() + minutes * 60_000))).toBe(
      false,
    );
});

import { startDouble } from '../shared/testing.ts';
import type { ChannelKit, Double } from '../shared/testing.ts';

let serial = 0;

/** The pretend provider: takes messages, counts copies by key, serves files. */
export function startSandboxDouble(): Promise<Double> {
  return startDouble({
    isSend: (request) => request.path === '/messages',
    keyOf: (request) => String(request.headers['idempotency-key'] ?? ''),
    answer(request) {
      if (request.path.startsWith('/files/'))
        return {
          kind: 'answer',
          status: 200,
          headers: { 'content-type': 'text/plain' },
          body: 'content',
        };
      if (request.path === '/messages') {
        serial += 1;
        return { kind: 'answer', status: 200, body: JSON.stringify({ id: `p${serial}` }) };
      }
      return { kind: 'answer', status: 200, body: '{}' };
    },
  });
}

const answer = (
  status: number,
  headers: Record<string, string> = {},
  body = '{"error":"told to"}',
) => ({ kind: 'answer', status, headers, body }) as const;

export const kit: ChannelKit = {
  config: (apiRoot) => ({ secret: 'sandbox-secret-for-tests', apiRoot }),
  secrets: ['secret'],
  verifiedBy: ['secret'],
  sign: (request, config) => ({
    ...request,
    headers: { ...request.headers, 'x-sandbox-secret': String(config['secret']) },
  }),
  startDouble: startSandboxDouble,
  chat: 'chat-1',
  show: (request) => ({
    method: request.method,
    path: request.path,
    body: JSON.parse(request.body.toString('utf8')),
  }),
  outcomes: [
    {
      name: 'taken',
      behaviour: answer(200, {}, '{"id":"m1"}'),
      expect: 'sent',
      with: { providerIds: ['m1'] },
    },
    {
      name: 'taken in two pieces',
      behaviour: answer(200, {}, '{"ids":["m1","m2"]}'),
      expect: 'sent',
      with: { providerIds: ['m1', 'm2'] },
    },
    {
      name: 'taken, and the chat has moved',
      behaviour: answer(200, {}, '{"id":"m1","movedTo":"chat-2"}'),
      expect: 'sent',
      with: { movedTo: 'chat-2' },
    },
    { name: 'blocked', behaviour: answer(403), expect: 'rejected', with: { reason: 'blocked' } },
    {
      name: 'unknown chat',
      behaviour: answer(404),
      expect: 'rejected',
      with: { reason: 'no-such-chat' },
    },
    {
      name: 'closed window',
      behaviour: answer(409),
      expect: 'rejected',
      with: { reason: 'window-closed' },
    },
    {
      name: 'too large',
      behaviour: answer(413),
      expect: 'rejected',
      with: { reason: 'too-large' },
    },
    {
      name: 'kind not taken',
      behaviour: answer(415),
      expect: 'rejected',
      with: { reason: 'unsupported' },
    },
    {
      name: 'refused by policy',
      behaviour: answer(400),
      expect: 'rejected',
      with: { reason: 'policy' },
    },
    {
      name: 'too many, with a wait',
      behaviour: answer(429, { 'retry-after': '7' }),
      expect: 'deferred',
      with: { retryAfterMs: 7000, scope: 'chat' },
    },
    {
      name: 'too many for the whole account',
      behaviour: answer(429, { 'x-sandbox-scope': 'account' }),
      expect: 'deferred',
      with: { scope: 'account' },
    },
    { name: 'under maintenance', behaviour: answer(503), expect: 'deferred' },
    { name: 'failed inside', behaviour: answer(500), expect: 'uncertain' },
    { name: 'cut after reading', behaviour: { kind: 'cut' }, expect: 'uncertain' },
    { name: 'never answers', behaviour: { kind: 'hang' }, expect: 'uncertain' },
    { name: 'wrong credentials', behaviour: answer(401), expect: 'unauthorized' },
  ],
};

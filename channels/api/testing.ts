import { signWebhook } from '../shared/standard-webhooks.ts';
import { startDouble } from '../shared/testing.ts';
import type { ChannelKit, Double } from '../shared/testing.ts';

/** The outside system: takes messages, counts copies by their webhook-id. */
export function startApiDouble(): Promise<Double> {
  return startDouble({
    isSend: (request) => request.method === 'POST' && request.path === '/deliver',
    keyOf: (request) => String(request.headers['webhook-id'] ?? ''),
    answer: () => ({ kind: 'answer', status: 200, body: '{}' }),
  });
}

const answer = (
  status: number,
  headers: Record<string, string> = {},
  body = '{"error":"told to"}',
) => ({ kind: 'answer', status, headers, body }) as const;

export const kit: ChannelKit = {
  config: (apiRoot) => ({
    deliverUrl: `${apiRoot}/deliver`,
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  }),
  secrets: ['secret'],
  verifiedBy: ['secret'],
  sign: (request, config) => ({
    ...request,
    headers: {
      ...request.headers,
      ...signWebhook(String(config['secret']), 'msg_1', request.now, request.body),
    },
  }),
  startDouble: startApiDouble,
  chat: 'customer-7',
  show: (request) => ({
    method: request.method,
    path: request.path,
    'webhook-id': request.headers['webhook-id'],
    body: JSON.parse(request.body.toString('utf8')),
  }),
  outcomes: [
    {
      name: 'taken',
      behaviour: answer(200, {}, '{}'),
      expect: 'sent',
      with: { providerIds: ['key-1'] },
    },
    {
      name: 'taken under an id of its own',
      behaviour: answer(201, {}, '{"id":"theirs-9"}'),
      expect: 'sent',
      with: { providerIds: ['theirs-9', 'key-1'] },
    },
    { name: 'taken without a word', behaviour: answer(204, {}, ''), expect: 'sent' },
    {
      name: 'unknown chat',
      behaviour: answer(404),
      expect: 'rejected',
      with: { reason: 'no-such-chat' },
    },
    { name: 'gone', behaviour: answer(410), expect: 'rejected', with: { reason: 'no-such-chat' } },
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
    { name: 'malformed', behaviour: answer(400), expect: 'rejected', with: { reason: 'policy' } },
    { name: 'refused', behaviour: answer(422), expect: 'rejected', with: { reason: 'policy' } },
    {
      name: 'points elsewhere',
      behaviour: answer(302, { location: 'https://elsewhere.example/' }),
      expect: 'rejected',
      with: { reason: 'policy' },
    },
    {
      name: 'too many, with a wait',
      behaviour: answer(429, { 'retry-after': '7' }),
      expect: 'deferred',
      with: { retryAfterMs: 7000 },
    },
    {
      name: 'under maintenance',
      behaviour: answer(503, { 'retry-after': '60' }),
      expect: 'deferred',
      with: { retryAfterMs: 60_000 },
    },
    { name: 'failed inside', behaviour: answer(500), expect: 'deferred' },
    { name: 'cut after reading', behaviour: { kind: 'cut' }, expect: 'deferred' },
    { name: 'never answers', behaviour: { kind: 'hang' }, expect: 'deferred' },
    { name: 'refuses the signature', behaviour: answer(401), expect: 'unauthorized' },
    { name: 'forbids', behaviour: answer(403), expect: 'unauthorized' },
  ],
  neverHappens: {
    uncertain: 'The receiver recognises the webhook-id, so sending again makes no second copy.',
  },
};

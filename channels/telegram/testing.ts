import { startDouble } from '../shared/testing.ts';
import type { Behaviour, ChannelKit, Double, Recorded } from '../shared/testing.ts';

const TOKEN = '123456:telegram-token-for-tests';

/** A pretend Bot API server. */
export interface TelegramDouble extends Double {
  /** Puts an update where `getUpdates` finds it. */
  push(update: Record<string, unknown>): void;
  /** Updates that no `getUpdates` has confirmed yet. */
  pending(): number;
  /** What the method answers from now on; null: as usual again. */
  answer(method: string, behaviour: Extract<Behaviour, { kind: 'answer' }> | null): void;
}

/** The method that a request calls; empty for files. */
export const methodOf = ({ path }: Recorded): string => /^\/bot[^/]+\/(\w+)$/.exec(path)?.[1] ?? '';

/**
 * The fields of a request, JSON or multipart. Files come as `{name, content}`, named in order of
 * appearance.
 */
export function fieldsOf(request: Recorded): Record<string, unknown> {
  const boundary = /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1];
  const text = request.body.toString('utf8');
  if (!boundary) return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  const pieces = text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((piece) => {
      const [head = '', ...rest] = piece.replace(/^\r\n/, '').split('\r\n\r\n');
      const name = /name="([^"]*)"/.exec(head)?.[1] ?? '';
      const fileName = /filename="([^"]*)"/.exec(head)?.[1];
      return { name, fileName, content: rest.join('\r\n\r\n').replace(/\r\n$/, '') };
    });
  const files = pieces.filter((piece) => piece.fileName !== undefined);
  const named = (content: string): string =>
    files.reduce(
      (now, file, index) => now.replaceAll(`attach://${file.name}`, `attach://${index}`),
      content,
    );
  const read = (content: string): unknown => {
    try {
      return JSON.parse(content) as unknown;
    } catch {
      return content;
    }
  };
  return {
    ...Object.fromEntries(
      pieces
        .filter((piece) => piece.fileName === undefined)
        .map((piece) => [piece.name, read(named(piece.content))]),
    ),
    files: files.map(({ fileName, content }) => ({ name: fileName, content })),
  };
}

const ok = (result: unknown): Extract<Behaviour, { kind: 'answer' }> => ({
  kind: 'answer',
  status: 200,
  body: JSON.stringify({ ok: true, result }),
});

const refusal = (status: number, description: string, parameters?: object): Behaviour => ({
  kind: 'answer',
  status,
  body: JSON.stringify({
    ok: false,
    error_code: status,
    description,
    ...(parameters ? { parameters } : {}),
  }),
});

/** Starts the pretend Bot API server. */
export async function startTelegramDouble(): Promise<TelegramDouble> {
  const updates: Record<string, unknown>[] = [];
  const answers = new Map<string, Extract<Behaviour, { kind: 'answer' }>>();
  let serial = 500;

  const message = (): object => {
    serial += 1;
    return { message_id: serial, date: 1_767_225_600, chat: { id: 42, type: 'private' } };
  };
  const getUpdates = (request: Recorded): unknown => {
    const offset = Number(fieldsOf(request)['offset'] ?? 0);
    while (updates[0] && Number(updates[0]['update_id']) < offset) updates.shift();
    return updates.slice(0, 100);
  };
  const usual: Record<string, (request: Recorded) => unknown> = {
    getMe: () => ({ id: 123456, is_bot: true, first_name: 'Shop', username: 'shop_bot' }),
    getUpdates,
    getWebhookInfo: () => ({ url: '', pending_update_count: 0 }),
    getFile: () => ({ file_id: 'F', file_size: 7, file_path: 'photos/file 1.jpg' }),
    getUserProfilePhotos: () => ({
      total_count: 1,
      photos: [
        [
          { file_id: 'small', width: 80, height: 80 },
          { file_id: 'middle', width: 320, height: 320 },
          { file_id: 'large', width: 640, height: 640 },
        ],
      ],
    }),
    sendMediaGroup: (request) => (fieldsOf(request)['media'] as unknown[]).map(message),
  };

  const double = await startDouble({
    isSend: (request) =>
      /^(send(?!ChatAction)|edit|delete(?!Webhook)|setMessageReaction)/.test(methodOf(request)),
    keyOf: () => null,
    answer(request) {
      if (request.path.startsWith('/file/'))
        return { kind: 'answer', status: 200, body: 'content' };
      const method = methodOf(request);
      const told = answers.get(method);
      if (told) return told;
      if (usual[method]) return ok(usual[method](request));
      return ok(/^(send|edit)/.test(method) && method !== 'sendChatAction' ? message() : true);
    },
  });

  return {
    ...double,
    push: (update) => void updates.push(update),
    pending: () => updates.length,
    answer(method, behaviour) {
      if (behaviour) answers.set(method, behaviour);
      else answers.delete(method);
    },
  };
}

export const kit: ChannelKit = {
  config: (apiRoot) => ({
    token: TOKEN,
    mode: 'webhook',
    apiRoot,
    secret: 'telegram-webhook-secret',
  }),
  secrets: ['token', 'secret'],
  verifiedBy: ['secret'],
  sign: (request, config) => ({
    ...request,
    headers: { ...request.headers, 'x-telegram-bot-api-secret-token': String(config['secret']) },
  }),
  startDouble: startTelegramDouble,
  chat: '42',
  show: (request) => ({ method: methodOf(request), fields: fieldsOf(request) }),
  outcomes: [
    {
      name: 'taken',
      behaviour: ok({ message_id: 7 }),
      expect: 'sent',
      with: { providerIds: ['7'] },
    },
    {
      name: 'blocked by the customer',
      behaviour: refusal(403, 'Forbidden: bot was blocked by the user'),
      expect: 'rejected',
      with: { reason: 'blocked' },
    },
    {
      name: 'unknown chat',
      behaviour: refusal(400, 'Bad Request: chat not found'),
      expect: 'rejected',
      with: { reason: 'no-such-chat' },
    },
    {
      name: 'too long',
      behaviour: refusal(400, 'Bad Request: message is too long'),
      expect: 'rejected',
      with: { reason: 'too-large' },
    },
    {
      name: 'request too large',
      behaviour: refusal(413, 'Request Entity Too Large'),
      expect: 'rejected',
      with: { reason: 'too-large' },
    },
    {
      name: 'not readable',
      behaviour: refusal(400, "Bad Request: can't parse entities"),
      expect: 'rejected',
      with: { reason: 'unsupported' },
    },
    {
      name: 'some new refusal',
      behaviour: refusal(400, 'Bad Request: SOMETHING_NEW'),
      expect: 'rejected',
      with: { reason: 'policy' },
    },
    {
      name: 'too many, with a wait',
      behaviour: refusal(429, 'Too Many Requests: retry after 17', { retry_after: 17 }),
      expect: 'deferred',
      with: { retryAfterMs: 17_000, scope: 'account' },
    },
    {
      name: 'a gateway under maintenance',
      behaviour: { kind: 'answer', status: 503, headers: { 'retry-after': '5' }, body: '<html>' },
      expect: 'deferred',
      with: { retryAfterMs: 5000 },
    },
    {
      name: 'a bad gateway',
      behaviour: { kind: 'answer', status: 502, body: '<html>Bad Gateway</html>' },
      expect: 'uncertain',
    },
    {
      name: 'failed inside',
      behaviour: refusal(500, 'Internal Server Error'),
      expect: 'uncertain',
    },
    { name: 'taken without a number', behaviour: ok(true), expect: 'uncertain' },
    {
      name: 'a page instead of an answer',
      behaviour: { kind: 'answer', status: 200, body: '<html>' },
      expect: 'uncertain',
    },
    { name: 'cut after reading', behaviour: { kind: 'cut' }, expect: 'uncertain' },
    { name: 'never answers', behaviour: { kind: 'hang' }, expect: 'uncertain' },
    { name: 'revoked token', behaviour: refusal(401, 'Unauthorized'), expect: 'unauthorized' },
    {
      name: 'no Bot API server at this address',
      behaviour: { kind: 'answer', status: 404, body: '<html>' },
      expect: 'unauthorized',
      with: {
        detail:
          'Something that is no Bot API server answered 404. Correct the address of the Bot API server and save.',
      },
    },
    { name: 'no such bot', behaviour: refusal(404, 'Not Found'), expect: 'unauthorized' },
  ],
};

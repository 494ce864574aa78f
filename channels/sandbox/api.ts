import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import type {
  Account,
  ChannelContext,
  ChannelSession,
  Connection,
  Download,
} from '../../src/contract/channel.ts';
import type { ActionName } from '../../src/contract/capabilities.ts';
import type { InboundFile } from '../../src/contract/inbound.ts';
import type { DeliveryResult, OutboundMessage, RejectReason } from '../../src/contract/outbound.ts';
import { excerpt, fetchFailure, retryAfterMs, sendFailure } from '../shared/outcome.ts';
import type { SandboxConfig } from './config.ts';
import { renderContent } from './render.ts';

const TIMEOUT_MS = 15_000;

const REJECTED: Record<number, RejectReason> = {
  400: 'policy',
  403: 'blocked',
  404: 'no-such-chat',
  409: 'window-closed',
  413: 'too-large',
  415: 'unsupported',
  422: 'policy',
};

const taken = z.object({
  ids: z.tuple([z.string()], z.string()).optional(),
  id: z.string().min(1).optional(),
  movedTo: z.string().min(1).optional(),
});

/** The pretend provider's answer to a send. A 5xx other than 503 may come after it was sent. */
async function readAnswer(response: Response, key: string, now: Date): Promise<DeliveryResult> {
  const { status } = response;
  const text = await response.text();
  if (response.ok) {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return { status: 'sent', providerIds: [key] };
    }
    const { ids, id, movedTo } = taken.catch({}).parse(body);
    return { status: 'sent', providerIds: ids ?? [id ?? key], ...(movedTo ? { movedTo } : {}) };
  }
  const detail = `The sandbox answered ${status}: ${excerpt(text)}`;
  if (status === 401) return { status: 'unauthorized', detail };
  if (status === 429 || status === 503) {
    const wait = retryAfterMs(response.headers, now);
    const scope = response.headers.get('x-sandbox-scope') === 'account' ? 'account' : 'chat';
    return {
      status: 'deferred',
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
      scope,
      detail,
    };
  }
  const reason = REJECTED[status];
  return reason ? { status: 'rejected', reason, detail } : { status: 'uncertain', detail };
}

/** A session at the pretend provider, or at none: then everything is accepted. */
export function openSandbox(
  account: Account<SandboxConfig>,
  context: ChannelContext,
): ChannelSession<ActionName> {
  const root = account.config.apiRoot?.replace(/\/+$/, '');

  const call = (path: string, body: unknown, key?: string): Promise<Response> =>
    context.fetch(`${root}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-sandbox-secret': account.config.secret,
        ...(key ? { 'idempotency-key': key } : {}),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });

  const act = async (action: string, body: object): Promise<DeliveryResult> => {
    const key = `${action}-${context.now().getTime()}`;
    if (!root) return { status: 'sent', providerIds: [key] };
    try {
      return await readAnswer(await call('/actions', { action, ...body }), key, context.now());
    } catch (error) {
      return sendFailure(error);
    }
  };

  return {
    async check(): Promise<Connection> {
      if (!root) return { status: 'connected', detail: 'The sandbox answers everything itself.' };
      try {
        const response = await call('/check', {});
        await response.body?.cancel();
        if (response.ok) return { status: 'connected', detail: `The pretend provider answers.` };
        if (response.status === 401)
          return {
            status: 'paused',
            detail: 'The pretend provider refuses the secret; correct it.',
          };
        return { status: 'error', detail: `The pretend provider answered ${response.status}.` };
      } catch (error) {
        return { status: 'error', detail: fetchFailure(error).detail };
      }
    },
    async send(message: OutboundMessage): Promise<DeliveryResult> {
      if (!root) return { status: 'sent', providerIds: [`sandbox-${message.key}`] };
      const body = {
        chat: message.chat,
        ...renderContent(message.content),
        ...(message.replyTo ? { replyTo: message.replyTo } : {}),
      };
      try {
        return await readAnswer(
          await call('/messages', body, message.key),
          message.key,
          context.now(),
        );
      } catch (error) {
        return sendFailure(error);
      }
    },
    close: () => Promise.resolve(),
    typing: async (chat, on) => void (await act('typing', { chat, on })),
    markRead: async (chat, messageId) => void (await act('markRead', { chat, messageId })),
    edit: (chat, ids, content) => act('edit', { chat, ids, ...renderContent(content) }),
    remove: (chat, ids) => act('remove', { chat, ids }),
    react: (chat, messageId, emoji) => act('react', { chat, messageId, emoji }),
    acknowledge: async (ack, text) =>
      void (await act('acknowledge', { ack, ...(text ? { text } : {}) })),
    profile: (personId) => Promise.resolve({ name: `Customer ${personId}` }),
    download: (file) => download(file, root, context),
  };
}

/** A `data:` address carries its content; anything else is a name at the pretend provider. */
async function download(
  file: InboundFile,
  root: string | undefined,
  context: ChannelContext,
): Promise<Download> {
  const inline = /^data:([^;,]*);base64,(.*)$/s.exec(file.ref);
  if (inline) {
    const bytes = Buffer.from(inline[2] ?? '', 'base64');
    return {
      status: 'ok',
      content: Readable.from([bytes]),
      mime: inline[1] || 'application/octet-stream',
      size: bytes.length,
    };
  }
  if (!root)
    return { status: 'gone', detail: 'The sandbox has no provider to fetch this file from.' };
  try {
    const response = await context.fetch(`${root}/files/${encodeURIComponent(file.ref)}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok && response.body) {
      const mime = response.headers.get('content-type');
      return {
        status: 'ok',
        content: Readable.fromWeb(response.body as ReadableStream),
        ...(mime ? { mime } : {}),
      };
    }
    await response.body?.cancel();
    const detail = `The pretend provider answered ${response.status} for the file.`;
    const gone = [403, 404, 410].includes(response.status);
    return gone ? { status: 'gone', detail } : { status: 'deferred', detail };
  } catch (error) {
    return { status: 'deferred', detail: fetchFailure(error).detail };
  }
}

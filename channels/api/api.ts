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
import type { InboundFile } from '../../src/contract/inbound.ts';
import type { DeliveryResult, OutboundMessage, RejectReason } from '../../src/contract/outbound.ts';
import { compact } from '../shared/compact.ts';
import { excerpt, fetchFailure, retryAfterMs } from '../shared/outcome.ts';
import { signWebhook } from '../shared/standard-webhooks.ts';
import type { ApiConfig } from './config.ts';
import { renderMessage } from './render.ts';

const TIMEOUT_MS = 15_000;
const DOWNLOAD_TIMEOUT_MS = 120_000;

const taken = z.object({ id: z.string().min(1).max(256) });

/**
 * Other codes below 500 mean that the request was not what the system wants: it would not want it
 * later either.
 */
const REJECTED: Readonly<Record<number, RejectReason>> = {
  404: 'no-such-chat',
  410: 'no-such-chat',
  413: 'too-large',
  415: 'unsupported',
};

const takenId = (text: string): string | undefined => {
  try {
    return taken.safeParse(JSON.parse(text)).data?.id;
  } catch {
    return undefined;
  }
};

/**
 * The outside system's answer. It recognises our key, so whatever may or may not have arrived is
 * sent again.
 */
async function readAnswer(response: Response, key: string, now: Date): Promise<DeliveryResult> {
  const { status } = response;
  const text = await response.text();
  if (response.ok) {
    const own = takenId(text);
    // Receipts and quotes may name the message by either.
    return { status: 'sent', providerIds: own && own !== key ? [own, key] : [key] };
  }
  const detail = `The outside system answered ${status}: ${excerpt(text)}`;
  if (status === 401 || status === 403)
    return {
      status: 'unauthorized',
      detail: `The outside system refuses our signature (${status}). Compare the secret on both sides.`,
    };
  if (status === 408 || status === 429 || status >= 500) {
    const wait = retryAfterMs(response.headers, now);
    return { status: 'deferred', ...compact({ retryAfterMs: wait }), detail };
  }
  if (status < 400)
    return {
      status: 'rejected',
      reason: 'policy',
      detail: `${detail} It must answer itself, not point elsewhere.`,
    };
  return { status: 'rejected', reason: REJECTED[status] ?? 'policy', detail };
}

/** Opens an outside system. Nothing is asked of it before the first message. */
export function openApi(
  account: Account<ApiConfig>,
  context: ChannelContext,
): ChannelSession<'download'> {
  const { deliverUrl, secret } = account.config;
  return {
    check: (): Promise<Connection> =>
      Promise.resolve({
        status: 'connected',
        detail: `Waiting for events at ${account.webhookUrl}; answers are posted to ${new URL(deliverUrl).host}.`,
      }),

    async send(message: OutboundMessage): Promise<DeliveryResult> {
      const body = Buffer.from(JSON.stringify(renderMessage(message)));
      try {
        const response = await context.fetch(deliverUrl, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...signWebhook(secret, message.key, context.now(), body),
          },
          body,
          redirect: 'manual',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        return await readAnswer(response, message.key, context.now());
      } catch (error) {
        return { status: 'deferred', detail: fetchFailure(error).detail };
      }
    },

    download: (file) => download(file, context),
    close: () => Promise.resolve(),
  };
}

const GONE = new Set([400, 401, 403, 404, 410]);

async function download(file: InboundFile, context: ChannelContext): Promise<Download> {
  try {
    const response = await context.fetch(file.ref, {
      signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
    });
    if (response.ok && response.body) {
      const size = Number(response.headers.get('content-length') ?? Number.NaN);
      return {
        status: 'ok',
        content: Readable.fromWeb(response.body as ReadableStream),
        ...compact({
          mime: file.mime ?? response.headers.get('content-type')?.split(';')[0],
          name: file.name,
          size: Number.isNaN(size) ? undefined : size,
        }),
      };
    }
    await response.body?.cancel();
    const detail = `The address of the file answered ${response.status}.`;
    if (GONE.has(response.status)) return { status: 'gone', detail };
    return {
      status: 'deferred',
      ...compact({ retryAfterMs: retryAfterMs(response.headers, context.now()) }),
      detail,
    };
  } catch (error) {
    return { status: 'deferred', detail: fetchFailure(error).detail };
  }
}

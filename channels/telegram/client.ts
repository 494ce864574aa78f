import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { ApiClientOptions } from 'grammy';
import type { ChannelContext } from '../../src/contract/channel.ts';
import type { OutboundFile } from '../../src/contract/outbound.ts';
import { retryAfterMs } from '../shared/outcome.ts';
import { apiRootOf } from './config.ts';
import type { TelegramConfig } from './config.ts';
import type { Upload } from './render.ts';

/** A file of ours could not be read while it was being sent: the provider never got all of it. */
export class UnreadableFile extends Error {
  constructor(options: ErrorOptions) {
    super('The file could not be read from storage.', options);
    this.name = 'UnreadableFile';
  }
}

/** The Bot API, by method name; see https://core.telegram.org/bots/api. */
export interface Client {
  /**
   * Resolves with `result`. Throws grammY's `GrammyError` (answered) or `HttpError` (not answered).
   */
  call(method: string, payload?: Record<string, unknown>, signal?: AbortSignal): Promise<unknown>;
}

const TIMEOUT_MS = 30_000;
/** The slowest upload that is waited for. */
const BYTES_PER_MS = 128;
/** grammY's own limit, behind ours. */
const LAST_RESORT_SECONDS = 600;

/** Methods that grammY calls without a payload. */
const BARE = new Set(['getMe', 'getWebhookInfo']);

/** Begins the description of an answer that no Bot API server gives. */
export const FOREIGN = 'Something that is no Bot API server answered';

/** Telegram always answers `{ok: …}`; a gateway in front of it may answer a page. */
function readAnswer(response: Response, text: string, now: Date): Response {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'ok' in body) return new Response(text);
  } catch {
    if (response.ok) throw new SyntaxError('The answer is not JSON.');
  }
  const wait = retryAfterMs(response.headers, now);
  return Response.json({
    ok: false,
    error_code: response.status,
    description: `${FOREIGN} ${response.status}.`,
    ...(wait === undefined ? {} : { parameters: { retry_after: Math.ceil(wait / 1000) } }),
  });
}

/**
 * grammY speaks node-fetch: its abort signals and bodies are turned into those of the built-in
 * fetch.
 */
function bridge(context: ChannelContext) {
  return async (
    url: string,
    init: {
      method?: string;
      headers?: Record<string, string>;
      body?: string | Readable;
      signal?: AbortSignal;
    },
  ): Promise<Response> => {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    if (init.signal?.aborted) abort();
    init.signal?.addEventListener('abort', abort);
    try {
      const { body } = init;
      const contentType = init.headers?.['content-type'];
      const response = await context.fetch(url, {
        method: init.method ?? 'POST',
        ...(contentType ? { headers: { 'content-type': contentType } } : {}),
        ...(body instanceof Readable
          ? { body: Readable.toWeb(body) as ReadableStream<Uint8Array>, duplex: 'half' }
          : { body }),
        signal: controller.signal,
      } as RequestInit);
      return readAnswer(response, await response.text(), context.now());
    } finally {
      init.signal?.removeEventListener('abort', abort);
    }
  };
}

const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && 'upload' in value;

async function* contentOf(file: OutboundFile): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of file.open()) yield chunk as Uint8Array;
  } catch (cause) {
    throw new UnreadableFile({ cause });
  }
}

/**
 * grammY writes the file name as it is, so quotes are ours; what could end the header is taken out.
 */
const fileName = (name: string): string => `"${name.replace(/[\p{Cc}"\\]/gu, '_').slice(-200)}"`;

/** Opens the Bot API of a bot. grammY is loaded here, when the first account needs it. */
export async function openClient(config: TelegramConfig, context: ChannelContext): Promise<Client> {
  const { Api, InputFile } = await import('grammy');
  const api = new Api(config.token, {
    apiRoot: apiRootOf(config),
    fetch: bridge(context) as unknown as NonNullable<ApiClientOptions['fetch']>,
    timeoutSeconds: LAST_RESORT_SECONDS,
  });
  const raw = api.raw as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;

  return {
    call(method, payload = {}, signal) {
      let bytes = 0;
      const withFiles = (value: unknown): unknown => {
        if (isUpload(value)) {
          bytes += value.upload.size;
          return new InputFile(() => contentOf(value.upload), fileName(value.upload.name));
        }
        if (Array.isArray(value)) return value.map(withFiles);
        if (typeof value !== 'object' || value === null) return value;
        return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withFiles(one)]));
      };
      const ready = withFiles(payload);
      const deadline = signal ?? AbortSignal.timeout(TIMEOUT_MS + Math.ceil(bytes / BYTES_PER_MS));
      const run = raw[method];
      if (!run) throw new Error(`The Bot API has no ${method}.`);
      return BARE.has(method) ? run(deadline) : run(ready, deadline);
    },
  };
}

import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import type { ChannelContext, Download } from '../../src/contract/channel.ts';
import type { InboundFile } from '../../src/contract/inbound.ts';
import { compact } from '../shared/compact.ts';
import { fetchFailure, retryAfterMs } from '../shared/outcome.ts';
import type { Client } from './client.ts';
import { apiRootOf } from './config.ts';
import type { TelegramConfig } from './config.ts';
import { refusedBy, resultOf } from './outcome.ts';

const located = z.object({ file_path: z.string().optional(), file_size: z.number().optional() });

/** Enough for 20 MB over a slow line. */
const TIMEOUT_MS = 120_000;

/** A path at the server as part of an address; null when it leads out of the server's files. */
function addressPath(path: string): string | null {
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return null;
  const segments = path.split('/');
  return segments.includes('..') ? null : segments.map(encodeURIComponent).join('/');
}

const LOCAL_SERVER =
  'Your Bot API server runs with --local and hands out paths of its own disk instead of files. Start it without --local.';

/** Fetches a file by its file_id: https://core.telegram.org/bots/api#getfile */
export async function download(
  file: InboundFile,
  config: TelegramConfig,
  client: Client,
  context: ChannelContext,
): Promise<Download> {
  if (file.unavailable) return { status: 'gone', detail: file.unavailable };
  let found: z.infer<typeof located>;
  try {
    found = located.parse(await client.call('getFile', { file_id: file.ref }));
  } catch (error) {
    const refused = refusedBy(error);
    if (refused && [400, 403].includes(refused.code))
      return {
        status: 'gone',
        detail: `Telegram will not hand out the file: ${refused.description}`,
      };
    const result = resultOf(error);
    return {
      status: 'deferred',
      ...compact({ retryAfterMs: refused?.retryAfterMs }),
      detail: 'detail' in result ? result.detail : 'The file could not be found.',
    };
  }
  if (!found.file_path)
    return { status: 'deferred', detail: 'Telegram has not prepared the file yet.' };
  const path = addressPath(found.file_path);
  if (path === null) return { status: 'gone', detail: LOCAL_SERVER };
  try {
    const response = await context.fetch(`${apiRootOf(config)}/file/bot${config.token}/${path}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok && response.body)
      return {
        status: 'ok',
        content: Readable.fromWeb(response.body as ReadableStream),
        ...compact({ mime: file.mime, name: file.name, size: found.file_size }),
      };
    await response.body?.cancel();
    // The link lives an hour; a new getFile makes a new one, so nothing here is final.
    return {
      status: 'deferred',
      ...compact({ retryAfterMs: retryAfterMs(response.headers, context.now()) }),
      detail: `Telegram answered ${response.status} for the file.`,
    };
  } catch (error) {
    return { status: 'deferred', detail: fetchFailure(error).detail };
  }
}

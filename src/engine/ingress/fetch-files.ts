import { backoffMs } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { messageOf, Refusal } from '../../base/errors.ts';
import { pictureSize } from '../../base/picture-size.ts';
import type { Log } from '../../base/log.ts';
import type { OpenAccount } from '../../domain/accounts/open-account.ts';
import type { Blobs, StoredFile } from '../../domain/conversations/file.ts';
import type { Bus } from '../../domain/events/bus.ts';
import type { Stores } from '../../domain/stores.ts';

const RETRY = { firstMs: 2_000, factor: 3, maxMs: 600_000 };
const MAX_ATTEMPTS = 6;
/** Longer than a slow download of the largest file. */
const LEASE_MS = 300_000;
const PARALLEL = 4;
/** Largest file taken from a provider. */
const MAX_BYTES = 100 * 1024 * 1024;

/** What fetching needs. */
export interface FetchParts {
  stores: Pick<Stores, 'files' | 'messages' | 'conversations'>;
  blobs: Blobs;
  bus: Bus;
  clock: Clock;
  log: Log;
  account(accountId: string): OpenAccount | null;
  /** MIME type by the first bytes; null when they tell nothing. */
  sniff(head: Buffer): string | null;
}

/** Fetches what customers sent, later, again after failures, and says so where it is shown. */
export interface FileFetcher {
  /** There may be something to fetch. Returns at once. */
  wake(): void;
  stop(): Promise<void>;
}

/** Up to four downloads at a time; the database says which and when. */
export function createFileFetcher(parts: FetchParts): FileFetcher {
  const { stores, clock, log } = parts;
  const workers = new Set<Promise<void>>();
  let stopping = false;

  const work = async (): Promise<void> => {
    while (!stopping) {
      const now = clock.now();
      const file = await stores.files.leaseDue(now, new Date(now.getTime() + LEASE_MS));
      if (!file) return;
      await settle(file, await fetchOne(file));
    }
  };

  type Settled = Parameters<Stores['files']['settle']>[1];

  const fetchOne = async (file: StoredFile): Promise<Settled> => {
    const { source } = file;
    const open = source && parts.account(source.accountId);
    if (!source || !open) return later(file, 'The channel is not connected.');
    if (!open.session.download)
      return { state: 'failed', detail: 'This channel can not hand out files.' };
    try {
      const download = await open.session.download(source.file);
      if (download.status === 'gone') return { state: 'failed', detail: download.detail };
      if (download.status === 'deferred')
        return later(file, download.detail, download.retryAfterMs);
      const { key, size, head } = await parts.blobs.put(download.content, MAX_BYTES);
      const mime = parts.sniff(head) ?? download.mime ?? file.mime;
      return {
        state: 'ready',
        detail: '',
        storageKey: key,
        size,
        mime,
        name: nameFor(file, download.name, mime),
        ...pictureSize(head),
      };
    } catch (error) {
      if (error instanceof Refusal) return { state: 'failed', detail: error.message };
      return later(file, messageOf(error));
    }
  };

  const later = (file: StoredFile, detail: string, retryAfterMs?: number): Settled => {
    const attempts = file.attempts + 1;
    if (attempts >= MAX_ATTEMPTS) return { state: 'failed', detail, attempts };
    const wait = retryAfterMs ?? backoffMs(RETRY, attempts, Math.random());
    return { attempts, detail, nextAt: new Date(clock.now().getTime() + wait) };
  };

  const settle = async (file: StoredFile, change: Settled): Promise<void> => {
    const settled = await stores.files.settle(file.id, change);
    if (!settled || settled.state === 'pending') return;
    if (settled.state === 'failed')
      log.warn({ fileId: file.id, detail: settled.detail }, 'a file could not be fetched');
    if (!settled.messageId) return;
    const message = await stores.messages.touch(settled.messageId, clock.now());
    const conversation = message && (await stores.conversations.get(message.conversationId));
    if (message && conversation)
      parts.bus.publish({ type: 'message.changed', message, conversation });
  };

  return {
    wake() {
      if (stopping || workers.size >= PARALLEL) return;
      const worker = work().catch((error: unknown) =>
        log.error({ error: messageOf(error) }, 'fetching files stopped'),
      );
      workers.add(worker);
      void worker.then(() => workers.delete(worker));
    },
    async stop() {
      stopping = true;
      await Promise.all(workers);
    },
  };
}

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'application/pdf': 'pdf',
};

/** A name a person can use: the customer's own, else the provider's, with an ending that fits. */
function nameFor(file: StoredFile, offered: string | undefined, mime: string): string {
  const name = file.source?.file.name ?? offered ?? file.name;
  const extension = EXTENSIONS[mime];
  return /\.[a-z0-9]{1,5}$/i.test(name) || !extension ? name : `${name}.${extension}`;
}

import type { Readable } from 'node:stream';
import type { InboundFile } from '../../contract/inbound.ts';

/** A stored file, or one still to be fetched from a provider. */
export interface StoredFile {
  id: string;
  name: string;
  mime: string;
  /** Bytes; null until known. */
  size: number | null;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  state: 'pending' | 'ready' | 'failed';
  detail: string;
  /** Where the bytes are, once ready. */
  storageKey: string | null;
  /** Where to fetch it, for inbound ones. */
  source: { accountId: string; file: InboundFile } | null;
  conversationId: string | null;
  messageId: string | null;
  uploadedBy: string | null;
  attempts: number;
  nextAt: Date;
  leaseUntil: Date | null;
  createdAt: Date;
}

export interface FileStore {
  /** With an `id` that exists already: answers the stored one unchanged, so repeating it after a crash is harmless. */
  create(
    file: Omit<StoredFile, 'id' | 'createdAt' | 'attempts' | 'leaseUntil'> & { id?: string },
  ): Promise<StoredFile>;
  get(id: string): Promise<StoredFile | null>;
  many(ids: readonly string[]): Promise<StoredFile[]>;
  /** Ties uploads to the message that carries them. */
  attach(ids: readonly string[], conversationId: string, messageId: string): Promise<void>;
  /** A pending file that is due, leased until `until`; null: none. */
  leaseDue(now: Date, until: Date): Promise<StoredFile | null>;
  settle(
    id: string,
    change: Partial<
      Pick<
        StoredFile,
        | 'state'
        | 'detail'
        | 'storageKey'
        | 'size'
        | 'mime'
        | 'name'
        | 'nextAt'
        | 'attempts'
        | 'width'
        | 'height'
      >
    >,
  ): Promise<StoredFile | null>;
  /** `failed` → `pending`, due now. Null: it was not failed. */
  retry(id: string, now: Date): Promise<StoredFile | null>;
}

/** Where bytes lie: a local folder, or S3. */
export interface Blobs {
  /** Stores at most `maxBytes`; throws a Refusal `too_large` beyond, leaving nothing. */
  put(content: Readable, maxBytes: number): Promise<{ key: string; size: number; head: Buffer }>;
  open(key: string, range?: { start: number; end: number }): Readable;
  remove(key: string): Promise<void>;
}

import type { Readable } from 'node:stream';
import { Refusal } from '../../base/errors.ts';
import type { VisitorUpload } from '../../contract/visitor.ts';
import type { VisitorRecord } from '../../domain/integration/records.ts';
import type { Desk } from '../desk.ts';
import { declaredMime, tidyName } from '../files/upload-file.ts';
import { digest } from '../people/keys.ts';
import { uploaderOf } from './receive-message.ts';
import type { Widget } from './widget.ts';

const WINDOW_MS = 10 * 60_000;
const UPLOADS_PER_WINDOW = 40;

/**
 * Keeps a file that a visitor is about to send. What it is, its first bytes say. Refuses with `too_many` beyond 40 in
 * ten minutes, `too_large` beyond what the channel takes, `rule_broken` when it is empty.
 */
export async function uploadFromVisitor(
  desk: Desk,
  widget: Widget,
  record: VisitorRecord,
  upload: { name: string; mime: string; content: Readable },
): Promise<VisitorUpload> {
  const now = desk.clock.now();
  const count = await desk.stores.throttle.hit(
    `uploads:${digest(uploaderOf(record))}`,
    WINDOW_MS,
    now,
  );
  if (count > UPLOADS_PER_WINDOW)
    throw new Refusal('too_many', 'These were many files at once; please wait a few minutes.');
  const maxBytes = widget.account.channel.capabilities.media.file?.maxBytes ?? 0;
  const { key, size, head } = await desk.blobs.put(upload.content, maxBytes);
  if (size === 0) {
    await desk.blobs.remove(key);
    throw new Refusal('rule_broken', 'The file is empty.', { field: 'file' });
  }
  const file = await desk.stores.files.create({
    name: tidyName(upload.name),
    mime: desk.sniff(head) ?? declaredMime(upload.mime),
    size,
    width: null,
    height: null,
    durationMs: null,
    state: 'ready',
    detail: '',
    storageKey: key,
    source: null,
    conversationId: null,
    messageId: null,
    uploadedBy: uploaderOf(record),
    nextAt: now,
  });
  return { id: file.id, name: file.name, mime: file.mime, size };
}

import { Refusal } from '../../base/errors.ts';
import type { VisitorUpload } from '../../contract/visitor.ts';
import type { VisitorRecord } from '../../domain/integration/records.ts';
import type { Desk } from '../desk.ts';
import { keepUpload } from '../files/keep-upload.ts';
import type { Upload } from '../files/keep-upload.ts';
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
  upload: Upload,
): Promise<VisitorUpload> {
  const count = await desk.stores.throttle.hit(
    `uploads:${digest(uploaderOf(record))}`,
    WINDOW_MS,
    desk.clock.now(),
  );
  if (count > UPLOADS_PER_WINDOW)
    throw new Refusal('too_many', 'These were many files at once; please wait a few minutes.');
  const maxBytes = widget.account.channel.capabilities.media.file?.maxBytes ?? 0;
  const kept = await keepUpload(desk, upload, { maxBytes, by: uploaderOf(record) });
  return { id: kept.id, name: kept.name, mime: kept.mime, size: kept.size ?? 0 };
}

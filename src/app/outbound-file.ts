import type { OutboundFile } from '../contract/outbound.ts';
import type { StoredFile } from '../domain/conversations/file.ts';
import type { Desk } from '../desk/desk.ts';
import { fileUrl } from '../desk/views/file.ts';

/** A stored file as channels send it. The file is ready: its bytes are there. */
export function outboundFile(
  desk: Pick<Desk, 'blobs' | 'keys' | 'clock' | 'publicUrl'>,
  file: StoredFile,
): OutboundFile {
  const { storageKey } = file;
  return {
    id: file.id,
    name: file.name,
    mime: file.mime,
    size: file.size ?? 0,
    ...(file.width !== null && { width: file.width }),
    ...(file.height !== null && { height: file.height }),
    ...(file.durationMs !== null && { durationMs: file.durationMs }),
    open() {
      if (!storageKey) throw new Error('This file is not stored yet.');
      return desk.blobs.open(storageKey);
    },
    url: () => desk.publicUrl + fileUrl(desk, file.id, file.name),
  };
}

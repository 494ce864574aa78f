import type { Readable } from 'node:stream';
import { Refusal } from '../../base/errors.ts';
import { pictureSize } from '../../base/picture-size.ts';
import type { StoredFile } from '../../domain/conversations/file.ts';
import type { Desk } from '../desk.ts';

/** A file as a browser sends it. */
export interface Upload {
  name: string;
  mime: string;
  content: Readable;
}

/**
 * Keeps an uploaded file. Its kind is what its first bytes say; only when they say nothing, what the browser said.
 * Refuses with `too_large` beyond `maxBytes` and `rule_broken` when it is empty, leaving nothing. `by`: who may send it.
 */
export async function keepUpload(
  desk: Desk,
  upload: Upload,
  { maxBytes, by }: { maxBytes: number; by: string },
): Promise<StoredFile> {
  const { key, size, head } = await desk.blobs.put(upload.content, maxBytes);
  if (size === 0) {
    await desk.blobs.remove(key);
    throw new Refusal('rule_broken', 'The file is empty.', { field: 'file' });
  }
  return desk.stores.files.create({
    name: tidyName(upload.name),
    mime: desk.sniff(head) ?? declaredMime(upload.mime),
    size,
    ...(pictureSize(head) ?? { width: null, height: null }),
    durationMs: null,
    state: 'ready',
    detail: '',
    storageKey: key,
    source: null,
    conversationId: null,
    messageId: null,
    uploadedBy: by,
    nextAt: desk.clock.now(),
  });
}

/** A name that is safe in a header, a path and a list: no folders, no control or direction characters. */
function tidyName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '').trim();
  return clean.replace(/^\.+/, '').slice(0, 200) || 'file';
}

/** The kind of bytes that tell nothing: plain text or unknown. What a browser would run is not believed. */
const declaredMime = (mime: string): string =>
  /^(text\/(plain|csv)|application\/(json|octet-stream))$/.test(mime)
    ? mime
    : 'application/octet-stream';

import type { Readable } from 'node:stream';
import { Refusal } from '../../base/errors.ts';
import type { FileView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { fileView } from '../views/file.ts';

/** Largest file that an operator may upload. */
export const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;

/**
 * Keeps a file that an operator is about to send. Its kind is what its first bytes say; only when they say nothing, what
 * the browser said. Larger than 50 MiB is refused (`too_large`), leaving nothing.
 */
export async function uploadFile(
  desk: Desk,
  who: Principal,
  upload: { name: string; mime: string; content: Readable },
): Promise<FileView> {
  permit(who, 'talk.reply', 'upload files');
  const { key, size, head } = await desk.blobs.put(upload.content, MAX_UPLOAD_BYTES);
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
    uploadedBy: who.user.id,
    nextAt: desk.clock.now(),
  });
  return fileView(desk, file);
}

/** A name that is safe in a header, a path and a list: no folders, no control or direction characters. */
export function tidyName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '').trim();
  return clean.replace(/^\.+/, '').slice(0, 200) || 'file';
}

/** The kind of bytes that tell nothing: plain text or unknown. What a browser would run is not believed. */
export const declaredMime = (mime: string): string =>
  /^(text\/(plain|csv)|application\/(json|octet-stream))$/.test(mime)
    ? mime
    : 'application/octet-stream';

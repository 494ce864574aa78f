import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { FileView } from '../../../src/contract/wire.ts';
import { asApiError } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';
import { uploadFile } from '../api/talks.ts';

/** A file in the composer. */
export interface Upload {
  key: number;
  name: string;
  mime: string;
  /** Bytes. */
  size: number | null;
  /** Null when it is on the server already. */
  file: File | null;
  /** Object URL for pictures; released when the upload leaves. */
  preview: string | null;
  progress: Signal<number>;
  done: Signal<FileView | null>;
  error: Signal<ApiError | null>;
  stop: AbortController;
}

const uploads = new Map<string, Signal<readonly Upload[]>>();
let last = 0;

/** The files waiting in a talk's composer. */
export function uploadsOf(conversationId: string): Signal<readonly Upload[]> {
  const held = uploads.get(conversationId);
  if (held) return held;
  const fresh = signal<readonly Upload[]>([]);
  uploads.set(conversationId, fresh);
  return fresh;
}

/** Begins to upload files for a talk. */
export function addFiles(conversationId: string, files: readonly File[]): void {
  const list = uploadsOf(conversationId);
  const fresh = files.map(
    (file): Upload => ({
      key: ++last,
      name: file.name,
      mime: file.type,
      size: file.size,
      file,
      preview: file.type.startsWith('image/') ? URL.createObjectURL(file) : null,
      progress: signal(0),
      done: signal(null),
      error: signal(null),
      stop: new AbortController(),
    }),
  );
  list.value = [...list.value, ...fresh];
  for (const upload of fresh) void run(upload);
}

/** Puts files that are on the server already back into a talk's composer. */
export function returnFiles(conversationId: string, files: readonly FileView[]): void {
  const list = uploadsOf(conversationId);
  const back = files.map(
    (file): Upload => ({
      key: ++last,
      name: file.name,
      mime: file.mime,
      size: file.size,
      file: null,
      preview: null,
      progress: signal(1),
      done: signal(file),
      error: signal(null),
      stop: new AbortController(),
    }),
  );
  list.value = [...list.value, ...back];
}

async function run(upload: Upload): Promise<void> {
  if (!upload.file) return;
  upload.error.value = null;
  upload.progress.value = 0;
  try {
    upload.done.value = await uploadFile(
      upload.file,
      (share) => {
        upload.progress.value = share;
      },
      upload.stop.signal,
    );
  } catch (error) {
    upload.error.value = asApiError(error);
  }
}

/** Tries a failed upload again. */
export const retryUpload = (upload: Upload): void => void run(upload);

/** Takes a file out of the composer. */
export function dropUpload(conversationId: string, upload: Upload): void {
  upload.stop.abort();
  if (upload.preview) URL.revokeObjectURL(upload.preview);
  const list = uploadsOf(conversationId);
  list.value = list.value.filter(({ key }) => key !== upload.key);
}

/** Empties the composer's files after they were sent. */
export function clearUploads(conversationId: string): void {
  for (const upload of uploadsOf(conversationId).value) dropUpload(conversationId, upload);
}

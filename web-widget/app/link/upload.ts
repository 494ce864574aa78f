import type { VisitorUpload } from '../../../src/contract/visitor.ts';

/** An upload under way. */
export interface Uploading {
  done: Promise<VisitorUpload>;
  cancel(): void;
}

/** Sends a file; `onProgress` hears 0 to 1. Rejects with the server's sentence, or without one. */
export function upload(
  file: File,
  line: string,
  token: string,
  onProgress: (part: number) => void,
): Uploading {
  const request = new XMLHttpRequest();
  const done = new Promise<VisitorUpload>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      try {
        const answer = JSON.parse(request.responseText) as VisitorUpload & {
          error?: { message: string };
        };
        if (request.status === 200) resolve(answer);
        else reject(new Error(answer.error?.message ?? ''));
      } catch {
        reject(new Error(''));
      }
    };
    request.onerror = request.onabort = () => reject(new Error(''));
  });
  request.open('POST', '/visitor/files');
  request.setRequestHeader('authorization', `Bearer ${token}`);
  request.setRequestHeader('x-line', line);
  request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
  request.setRequestHeader('content-type', file.type || 'application/octet-stream');
  request.send(file);
  return { done, cancel: () => request.abort() };
}

import type { IncomingMessage } from 'node:http';

/** How much of a body that is refused is still read, and for how long. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_MS = 5_000;

/**
 * Reads what is left of a refused body and forgets it: many clients write all of it before they look at the answer, and
 * would see a broken connection instead of the reason.
 */
export function drain(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let read = 0;
    const done = (): void => {
      clearTimeout(timer);
      request.off('data', count);
      resolve();
    };
    const count = (chunk: Buffer): void => {
      read += chunk.length;
      if (read > MOST_BYTES) done();
    };
    const timer = setTimeout(done, MOST_MS);
    request.once('end', done).once('close', done).once('error', done).on('data', count);
    request.resume();
  });
}

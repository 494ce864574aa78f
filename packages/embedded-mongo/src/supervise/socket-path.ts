import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/** The kernel's limit is 108 bytes on Linux and 104 on macOS, the last one a zero. */
const MAX_SOCKET_PATH = 103;
const SOCKET = 'mongo.sock';

/**
 * Where the database of a folder accepts clients: in the folder itself, or, where that path is too
 * long for a socket, in a private folder under the system's temporary one, named after it. The
 * folder is made private (0700).
 */
export function socketPath(dir: string, wanted?: string): string {
  if (wanted) {
    if (Buffer.byteLength(wanted) <= MAX_SOCKET_PATH) return path.resolve(wanted);
    throw new Error(
      `The socket path ${wanted} is longer than the ${MAX_SOCKET_PATH} bytes a socket may have. Choose a shorter one.`,
    );
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const real = realpathSync(dir);
  const inside = path.join(real, SOCKET);
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH) {
    chmodSync(real, 0o700);
    return inside;
  }
  const name = createHash('sha256').update(real).digest('hex').slice(0, 16);
  const folder = path.join(tmpdir(), `embedded-mongo-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== userInfo().uid)
    throw new Error(`The folder ${folder} belongs to somebody else. Remove it, or set TMPDIR.`);
  chmodSync(folder, 0o700);
  return path.join(folder, SOCKET);
}

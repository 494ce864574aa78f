import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { diskSpace } from '../kv/disk-space.ts';
import { checkFile, DamagedFile, damageOf } from '../kv/file-check.ts';
import { checkFormat, noteFormat } from '../kv/format.ts';
import { FolderInUse, FolderLock } from '../kv/folder-lock.ts';
import { DATA_FILE } from '../kv/lmdb.ts';
import { Server } from '../server.ts';
import { socketPath } from '../supervise/socket-path.ts';
import { readOptions, required } from './arguments.ts';
import { EXIT, type Report } from './report.ts';

const say = (report: Report): void => void process.stdout.write(`${JSON.stringify(report)}\n`);

// A commit writes no more than a few megabytes; with less left than that it failed for want of room.
const FULL_BELOW_BYTES = 2 * 1024 * 1024;

/** Ends at once: after a refused commit memory and file disagree. */
function fatal(dir: string, error: Error): void {
  const damage = damageOf(error, path.join(dir, DATA_FILE));
  if (damage) refuse(damage);
  const full =
    /ENOSPC|No space left/i.test(error.message) || diskSpace(dir).free < FULL_BELOW_BYTES;
  const message = full
    ? `The disk that holds ${dir} is full: a write could not be stored and nothing of it was kept. Free some space.`
    : `The database could not store a write: ${error.message}`;
  say({ state: 'failed', code: full ? EXIT.diskFull : EXIT.failed, message });
  process.exit(full ? EXIT.diskFull : EXIT.failed);
}

/** `embedded-mongo --dir DIR --socket PATH [--memory-mb N] [--ttl-ms N] [--owned 1]` */
export async function serve(args: readonly string[]): Promise<void> {
  const options = readOptions(args, ['dir', 'socket', 'memory-mb', 'ttl-ms', 'owned']);
  const dir = path.resolve(required(options, 'dir'));
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const socket = socketPath(dir, options.get('socket'));
  const owned = options.has('owned');
  if (owned) process.once('disconnect', () => process.exit(0));
  try {
    const lock = await FolderLock.take(dir, { socket });
    checkFormat(dir);
    checkFile(path.join(dir, DATA_FILE));
    const server = new Server({
      dir,
      socket,
      ...(options.has('memory-mb') ? { memoryMb: Number(options.get('memory-mb')) } : {}),
      ...(options.has('ttl-ms') ? { ttlIntervalMs: Number(options.get('ttl-ms')) } : {}),
      onFatal: (error) => fatal(dir, error),
      onFault: (error) => {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        process.stderr.write(`embedded-mongo: ${text}\n`);
      },
    });
    noteFormat(dir);
    if (owned) server.takeFromParent();
    else await server.listen();
    say({ state: 'ready', socket, pid: process.pid });
    const stop = (): void =>
      void server.close().then(() => {
        lock.release();
        process.exit(0);
      });
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (error) {
    refuse(damageOf(error, path.join(dir, DATA_FILE)) ?? error);
  }
}

function refuse(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  const code =
    error instanceof FolderInUse
      ? EXIT.inUse
      : error instanceof DamagedFile
        ? EXIT.damaged
        : EXIT.failed;
  say({ state: 'failed', code, message });
  process.stderr.write(`embedded-mongo: ${message}\n`);
  process.exit(code);
}

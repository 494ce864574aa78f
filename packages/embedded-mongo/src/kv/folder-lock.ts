import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import path from 'node:path';

/** Who has a database folder open. */
export interface Owner {
  pid: number;
  host: string;
  /** Where it accepts clients; absent for tools that accept none. */
  socket?: string;
}

/** A folder is in use by another process. */
export class FolderInUse extends Error {
  readonly owner: Owner | undefined;

  constructor(dir: string, owner: Owner | undefined) {
    const by = owner ? `process ${owner.pid} on ${owner.host}` : 'another process';
    super(
      `The database folder ${dir} is in use by ${by}. Stop that process, or give this one another folder.`,
    );
    this.name = 'FolderInUse';
    this.owner = owner;
  }
}

const OWNER_FILE = 'owner.json';
const HEARTBEAT_MS = 3000;
/** After so long without a heartbeat an owner on another host is taken for dead. */
const DEAD_AFTER_MS = 12_000;

/**
 * The exclusive right to a database folder. On Linux an abstract socket named after the folder's
 * inode is the lock: the kernel gives it to one process and takes it back whenever that process
 * ends. A heartbeat in `owner.json` adds processes that do not share the kernel's name space, such
 * as two containers on one volume. Where there are no abstract sockets the heartbeat is the lock.
 */
export class FolderLock {
  private readonly file: string;
  private readonly server: Server | null;
  private readonly timer: NodeJS.Timeout;

  private constructor(file: string, server: Server | null) {
    this.file = file;
    this.server = server;
    this.timer = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.timer.unref();
  }

  /** @throws FolderInUse */
  static async take(dir: string, owner: Omit<Owner, 'pid' | 'host'>): Promise<FolderLock> {
    const file = path.join(dir, OWNER_FILE);
    const server = process.platform === 'linux' ? await bindName(dir, file) : null;
    const elsewhere = liveOwnerElsewhere(file, server === null);
    if (elsewhere) {
      server?.close();
      throw new FolderInUse(dir, elsewhere);
    }
    const mine: Owner = { pid: process.pid, host: hostname(), ...owner };
    writeFileSync(file, `${JSON.stringify(mine)}\n`, { mode: 0o600 });
    return new FolderLock(file, server);
  }

  release(): void {
    clearInterval(this.timer);
    rmSync(this.file, { force: true });
    this.server?.close();
  }

  private beat(): void {
    // Somebody may have removed the folder under us.
    if (!existsSync(this.file)) return;
    const now = new Date();
    utimesSync(this.file, now, now);
  }
}

function bindName(dir: string, file: string): Promise<Server> {
  const { dev, ino } = statSync(dir);
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new FolderInUse(dir, readOwner(file)) : error);
    });
    server.listen(`\0embedded-mongo:${dev}:${ino}`, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** The owner that a folder names, whether it lives or not. */
export function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    // No file, or one cut short by a crash: nobody is named.
    return undefined;
  }
}

/** The owner file of a folder. */
export const ownerFile = (dir: string): string => path.join(dir, OWNER_FILE);

function liveOwnerElsewhere(file: string, alsoHere: boolean): Owner | undefined {
  const owner = readOwner(file);
  if (!owner || (owner.host === hostname() && !alsoHere)) return undefined;
  const age = Date.now() - statSync(file).mtimeMs;
  return age < DEAD_AFTER_MS && owner.pid !== process.pid ? owner : undefined;
}

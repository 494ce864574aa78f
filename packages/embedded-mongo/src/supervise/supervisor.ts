import { EXIT } from '../cli/report.ts';
import { ownerFile, readOwner } from '../kv/folder-lock.ts';
import { WireClient } from '../wire/client.ts';
import { Child, type ChildOptions, type Started } from './child.ts';
import { FrontDoor } from './front-door.ts';

/** What a supervisor tells. */
export interface SupervisorOptions extends ChildOptions {
  onRestart?: ((reason: string) => void) | undefined;
  onFatal?: ((error: Error) => void) | undefined;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2000;
/** A process that lived so long was well, and is started again at once. */
const WELL_AFTER_MS = 1000;
/** So many starts in a row that never became ready are given up. */
const MAX_FAILED_STARTS = 8;

const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });

/** Another process's database, watched by a connection. */
interface Guest {
  client: WireClient;
  pid: number;
  over: Promise<void>;
}

/**
 * Keeps one database process running for a folder. When another program on this machine already
 * runs it, this one uses that process and takes over when it is gone.
 */
export class Supervisor {
  restarts = 0;
  private readonly options: SupervisorOptions;
  private child: Child | null = null;
  private guest: Guest | null = null;
  private door: FrontDoor | null = null;
  private stopping = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(options: SupervisorOptions) {
    this.options = options;
  }

  /** The process that serves now; 0 between two. */
  get pid(): number {
    return this.child?.pid ?? this.guest?.pid ?? 0;
  }

  /** Resolves when clients are accepted. @throws when the database cannot be opened */
  async start(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const failed = await this.obtain();
      if (!failed) break;
      if (attempt >= 20 || failed.code !== EXIT.inUse) throw new Error(failed.message);
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * (attempt + 1)));
    }
    this.loop = this.keep();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.guest?.client.close();
    await this.child?.stop();
    this.door?.close();
    await this.loop;
  }

  /** Starts a process of our own or finds the one that has the folder. */
  private async obtain(): Promise<Extract<Started, { status: 'failed' }> | null> {
    const started = await Child.start(this.options);
    if (started.status === 'ready') {
      this.child = started.child;
      this.door ??= await FrontDoor.open(this.options.socket);
      this.door.lead(started.child.process);
      return null;
    }
    if (started.code !== EXIT.inUse) return started;
    this.guest = await visit(this.options.dir, this.options.socket);
    if (!this.guest) return started;
    // Somebody else opened the folder meanwhile: clients find them at the same address.
    this.door?.close();
    this.door = null;
    return null;
  }

  private async keep(): Promise<void> {
    let pause = 0;
    while (!this.stopping) {
      const began = Date.now();
      const reason = await this.lastWords();
      if (Date.now() - began > WELL_AFTER_MS) pause = 0;
      for (let failures = 0; ; failures++) {
        if (pause) await sleep(pause);
        pause = Math.min(Math.max(FIRST_PAUSE_MS, pause * 2), LONGEST_PAUSE_MS);
        if (this.stopping) return;
        const failed = await this.obtain();
        if (!failed) break;
        this.options.log?.(`embedded-mongo: ${failed.message}`);
        if (failed.code !== EXIT.damaged && failures < MAX_FAILED_STARTS) continue;
        this.options.onFatal?.(new Error(failed.message));
        return;
      }
      this.restarts++;
      this.options.onRestart?.(reason);
    }
    await this.child?.stop();
  }

  /** Waits until the serving process is over and says why. */
  private async lastWords(): Promise<string> {
    if (this.child) {
      const { code, signal, message } = await this.child.over;
      this.child = null;
      return message || `the database process ended with ${signal ?? `code ${code}`}`;
    }
    await this.guest?.over;
    this.guest = null;
    return 'the program that ran the database ended';
  }
}

async function visit(dir: string, socket: string): Promise<Guest | null> {
  const owner = readOwner(ownerFile(dir));
  if (!owner || owner.socket !== socket) return null;
  try {
    const client = await WireClient.open(socket);
    client.unref();
    const over = new Promise<void>((resolve) => client.onClose(resolve));
    return { client, pid: owner.pid, over };
  } catch {
    // It has the folder but does not accept yet, or not any more: asked again soon.
    return null;
  }
}

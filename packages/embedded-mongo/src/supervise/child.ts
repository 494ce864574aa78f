import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Report } from '../cli/report.ts';

/** How a child is started. */
export interface ChildOptions {
  dir: string;
  socket: string;
  memoryMb?: number | undefined;
  log?: ((line: string) => void) | undefined;
}

/** Where a child stands. */
export type Started =
  | { status: 'ready'; child: Child }
  | { status: 'failed'; code: number; message: string };

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

/** A database process of ours; it ends when this process ends. */
export class Child {
  readonly process: ChildProcess;
  /** Resolves with what it said last when it is over. */
  readonly over: Promise<{ code: number | null; signal: string | null; message: string }>;
  private message = '';

  private constructor(process: ChildProcess) {
    this.process = process;
    this.over = new Promise((resolve) => {
      process.once('exit', (code, signal) => resolve({ code, signal, message: this.message }));
    });
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Starts a process and waits until it accepts clients or gives up. */
  static async start(options: ChildOptions): Promise<Started> {
    const process = spawn(globalThis.process.execPath, argumentsFor(options), {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: globalThis.process.env,
    });
    const child = new Child(process);
    const ready = new Promise<Started>((resolve) => {
      process.once('error', (error) =>
        resolve({ status: 'failed', code: 1, message: error.message }),
      );
      eachLine(process, 'stdout', (line) => {
        const report = readReport(line);
        if (report?.state === 'ready') resolve({ status: 'ready', child });
        else if (report) {
          child.message = report.message;
          resolve({ status: 'failed', code: report.code, message: report.message });
        }
      });
      eachLine(process, 'stderr', (line) => options.log?.(line));
      void child.over.then(({ code, signal }) =>
        resolve({
          status: 'failed',
          code: code ?? 1,
          message: child.message || `the database process ended with ${signal ?? `code ${code}`}`,
        }),
      );
    });
    const started = await ready;
    // Until it is ready the program waits for it; from then on it must not keep the program alive.
    unref(process);
    return started;
  }

  /** Asks it to end and waits; after five seconds it is ended. */
  async stop(): Promise<void> {
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 5000);
    this.process.kill('SIGTERM');
    await this.over;
    clearTimeout(timer);
  }
}

/** A small young generation keeps the idle process small; the old one is bounded by what was given. */
function argumentsFor(options: ChildOptions): string[] {
  const memory = options.memoryMb ?? 256;
  return [
    '--max-semi-space-size=8',
    `--max-old-space-size=${Math.max(128, memory * 2)}`,
    MAIN,
    '--dir',
    options.dir,
    '--socket',
    options.socket,
    '--memory-mb',
    String(memory),
    '--owned',
    '1',
  ];
}

function unref(process: ChildProcess): void {
  process.unref();
  process.channel?.unref();
  for (const stream of [process.stdout, process.stderr])
    (stream as unknown as { unref?(): void } | null)?.unref?.();
}

function eachLine(
  process: ChildProcess,
  name: 'stdout' | 'stderr',
  take: (line: string) => void,
): void {
  let rest = '';
  process[name]?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}

function readReport(line: string): Report | undefined {
  try {
    return JSON.parse(line) as Report;
  } catch {
    // Whatever else is printed there is not for us.
    return undefined;
  }
}

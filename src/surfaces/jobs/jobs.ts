import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { messageOf } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { Sweep } from './sweeps.ts';

/** Agenda's own connection type, so that only one copy of the driver is named anywhere. */
type Database = Extract<ConstructorParameters<typeof MongoBackend>[0], { mongo: unknown }>['mongo'];

/** Timers that several processes on one database share: each time is one process's turn. */
export interface Jobs {
  /** Stops; resolves when the work under way has ended. */
  stop(): Promise<void>;
}

/** How often the database is asked what is due until the next asking: the shortest interval. */
const ASK_MS = 5_000;
/** How long a process that died may hold a job. */
const LOCK_MS = 60_000;
const STOP_MS = 8_000;

/** Begins to run the sweeps, each at its interval, on the product's own connection. */
export async function startJobs(
  database: Database,
  sweeps: readonly Sweep[],
  log: Log,
  { askMs = ASK_MS }: { askMs?: number } = {},
): Promise<Jobs> {
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: database, collection: 'jobs' }),
    processEvery: askMs,
    defaultLockLifetime: LOCK_MS,
    maxConcurrency: sweeps.length,
  });
  agenda.on('error', (error) =>
    log.error({ error: messageOf(error) }, 'timers wait for the database'),
  );
  for (const { name, run } of sweeps) {
    agenda.define(name, (_job, done: () => void) => void sweep(name, run, log).then(done), {
      concurrency: 1,
      lockLimit: 1,
    });
  }
  await agenda.start();
  // As numbers: agenda reads '500 milliseconds' as 500 seconds.
  for (const { name, everyMs } of sweeps)
    await agenda.every(everyMs, name, undefined, { skipImmediate: true });
  return {
    async stop() {
      await agenda.drain({ timeout: STOP_MS, closeConnection: false });
    },
  };
}

const sweep = async (name: string, run: Sweep['run'], log: Log): Promise<void> => {
  try {
    await run();
  } catch (error) {
    // The next turn tries again: a sweep repairs what others left, it has nothing of its own to lose.
    log.error({ job: name, error: messageOf(error) }, 'a sweep failed');
  }
};

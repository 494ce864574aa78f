import type { Log } from '../base/log.ts';
import { openStores } from '../storage/mongo/open-stores.ts';
import type { Config } from './config.ts';
import type { DataFolder } from './data-folder.ts';

/** A database to talk to. */
export interface Database {
  uri: string;
  stop(): Promise<void>;
}

/** The given MongoDB, or the embedded one in the data folder, which is started and restarted by itself. */
export async function openDatabase(
  config: Pick<Config, 'mongoUri' | 'embeddedMemoryMb'>,
  folder: DataFolder,
  log: Log,
  onFatal?: (error: Error) => void,
): Promise<Database> {
  if (config.mongoUri) return { uri: config.mongoUri, stop: async () => {} };
  const { startEmbeddedMongo } = await import('embedded-mongo');
  const database = await startEmbeddedMongo({
    dir: folder.database,
    memoryMb: config.embeddedMemoryMb,
    log: (line) => log.info({}, line),
    onRestart: (reason) => log.warn({ reason }, 'the embedded database was restarted'),
    ...(onFatal && { onFatal }),
  });
  return { uri: database.uri, stop: () => database.stop() };
}

type Opened = Omit<Awaited<ReturnType<typeof openStores>>, 'close'>;

/** Does something with the database beside or without a running product: opens it, and closes what it opened. */
export async function withDatabase<T>(
  config: Pick<Config, 'mongoUri' | 'embeddedMemoryMb'>,
  folder: DataFolder,
  log: Log,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(config, folder, log);
  try {
    const { close, ...opened } = await openStores({ uri: database.uri, log });
    try {
      return await work(opened);
    } finally {
      await close();
    }
  } finally {
    await database.stop();
  }
}

import type { Log } from '../base/log.ts';
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

import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import { systemClock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Channel } from '../contract/channel.ts';
import { channels as allChannels } from '../../channels/registry.ts';
import { makeAdministrator } from '../desk/people/set-up.ts';
import { createSetupCode } from '../desk/people/setup-code.ts';
import type { Desk } from '../desk/desk.ts';
import { localBlobs } from '../storage/files/local-blobs.ts';
import { backupTo } from '../storage/mongo/backup.ts';
import { runMigrations } from '../storage/mongo/migrations/run-migrations.ts';
import { openStores } from '../storage/mongo/open-stores.ts';
import { startWebhookSender } from '../desk/webhooks/webhook-sender.ts';
import { buildServer } from '../surfaces/http/server.ts';
import { startJobs } from '../surfaces/jobs/jobs.ts';
import { sweepsOf } from '../surfaces/jobs/sweeps.ts';
import { openStaffSurface } from '../surfaces/socket/staff.ts';
import { registerVisitorDoor } from '../surfaces/visitor/door.ts';
import { buildDesk } from './build-desk.ts';
import type { Config } from './config.ts';
import { openDataFolder, pushKeysOf, secretKeyOf } from './data-folder.ts';
import { openDatabase } from './database.ts';
import { freePort } from './free-port.ts';
import { createLog } from './log.ts';
import { markRunning } from './running.ts';

/** The running product. */
export interface Openline {
  /** Where it listens. */
  url: string;
  desk: Desk;
  /** The code for the first visit; null when there is an administrator. */
  setupCode: string | null;
  /** Stops accepting, finishes what is in flight, closes the database. */
  stop(): Promise<void>;
}

/** What tests put in place of the machine's own. */
export interface StartOptions {
  clock?: Clock;
  log?: Log;
  channels?: readonly Channel[];
  /** Called when the product can not go on. */
  onFatal?(error: Error): void;
}

/** Starts everything: database, migrations, engine, web. Throws a sentence when it can not. */
export async function startOpenline(
  config: Readonly<Config>,
  options: StartOptions = {},
): Promise<Openline> {
  const log = options.log ?? createLog(config.logLevel);
  const clock = options.clock ?? systemClock;
  const folder = openDataFolder(config.dataDir);
  const unmark = markRunning(folder);
  const closing: (() => Promise<void>)[] = [];
  const cannotListen = (error: NodeJS.ErrnoException): never => {
    throw new Error(listenProblem(config, error));
  };
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    closing.push(async () => unmark());
    const database = await openDatabase(config, folder, log, options.onFatal);
    closing.push(() => database.stop());
    const { stores, connection, close } = await openStores({ uri: database.uri, log });
    closing.push(close);
    await runMigrations(connection, {
      log,
      backup: async () => {
        const file = path.join(folder.backups, backupName(clock.now()));
        const { documents } = await backupTo(connection, file);
        log.info({ file, documents }, 'backup made before migrating');
      },
    });

    const port = config.port === 0 ? await freePort(config.host).catch(cannotListen) : config.port;
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    const url = `http://${host}:${port}`;
    const built = buildDesk({
      stores,
      blobs: localBlobs(folder.files),
      clock,
      log,
      channels: options.channels ?? allChannels,
      secretKey: config.secretKey ?? secretKeyOf(folder),
      pushKeys: pushKeysOf(folder),
      publicUrl: config.publicUrl ?? url,
      allowPrivateProviderHosts: config.allowPrivateProviderHosts,
    });
    const { desk } = built;
    if (config.admin && !(await stores.users.anyAdministrator())) {
      await makeAdministrator(desk, { name: 'Administrator', ...config.admin });
    }

    const setupCode = createSetupCode();
    const server = await buildServer(desk, {
      trustProxy: config.trustProxy,
      log,
      setupCode,
      ...(config.metricsToken && { scrapeToken: config.metricsToken }),
    });
    await registerVisitorDoor(server, desk);
    const staff = openStaffSurface(server.server, desk);
    const webhooks = startWebhookSender(desk);
    closing.push(() => built.stop());
    closing.push(() => webhooks.stop());
    closing.push(async () => {
      await staff.close();
      await server.close();
    });
    await built.recover();
    await server.listen({ port, host: config.host }).catch(cannotListen);
    await built.start();
    webhooks
      .lookThrough()
      .catch((error: unknown) =>
        log.warn({ error: messageOf(error) }, 'webhooks are looked through at the next sweep'),
      );
    const { db } = connection;
    if (!db) throw new Error('The database connection is not open.');
    const jobs = await startJobs(db, sweepsOf(desk, webhooks, built.fileFetcher), log);
    closing.push(() => jobs.stop());
    const { port: bound } = server.server.address() as AddressInfo;
    log.info({ port: bound, embedded: config.mongoUri === null }, 'ready');
    const needsSetup = !(await stores.users.anyAdministrator());
    return { url, desk, setupCode: needsSetup ? setupCode.text : null, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Why nothing can be listened on, in words that name the setting. */
function listenProblem({ host, port }: Config, error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE')
    return `PORT ${port} is in use by another process. Stop that one, or choose another port.`;
  if (error.code === 'EACCES')
    return `PORT ${port} may not be opened by this user. Choose one above 1023.`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return `HOST ${host} is no address of this machine.`;
  return `Nothing can listen on HOST ${host}, PORT ${port}: ${messageOf(error)}.`;
}

/** `2026-11-23T14-50-00-before-migration.backup`: sorts by time, is a file name everywhere. */
function backupName(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(':', '-')}-before-migration.backup`;
}

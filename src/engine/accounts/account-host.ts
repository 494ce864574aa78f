import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import { backoffMs } from '../../base/backoff.ts';
import { KeyedLock } from '../../base/keyed-lock.ts';
import type { Log } from '../../base/log.ts';
import type {
  Account,
  Channel,
  ChannelContext,
  Connection,
  Parsed,
  StreamSink,
} from '../../contract/channel.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import { openConfig } from '../../domain/accounts/config-secrets.ts';
import type { KnownAccount, OpenAccount } from '../../domain/accounts/open-account.ts';
import type { Keys } from '../../domain/accounts/secrets.ts';
import type { Bus } from '../../domain/events/bus.ts';
import type { Stores } from '../../domain/stores.ts';
import type { AccountHost } from './host.ts';

/** Waits before a failed account is tried again by itself. */
const RETRY = { firstMs: 5_000, factor: 2, maxMs: 300_000 };
const CLOSE_LIMIT_MS = 5_000;

/** What the host needs. */
export interface HostParts {
  stores: Pick<Stores, 'accounts'>;
  channels: ReadonlyMap<string, Channel>;
  keys: Keys;
  bus: Bus;
  clock: Clock;
  log: Log;
  fetch: typeof fetch;
  publicUrl: string;
  accept(accountId: string, parsed: Parsed): Promise<{ accepted: number; duplicates: number }>;
  /** The account can send again: queued messages may go. */
  ready(accountId: string): void;
}

interface Running {
  open: OpenAccount;
  stop: AbortController;
  stream: Promise<void>;
}

/** Opens each account on its own: one that fails never stops another. */
export function createAccountHost(parts: HostParts): AccountHost {
  const { stores, channels, log } = parts;
  const running = new Map<string, Running>();
  const settings = new Map<string, KnownAccount>();
  const retries = new Map<string, { failures: number; timer: NodeJS.Timeout }>();
  const changes = new KeyedLock();
  let stopped = false;

  const contextOf = (accountId: string): ChannelContext => ({
    fetch: parts.fetch,
    log: log.child({ accountId }),
    now: () => parts.clock.now(),
    accept: (parsed) => parts.accept(accountId, parsed),
  });

  const read = (record: AccountRecord): KnownAccount => {
    const channel = channels.get(record.type);
    if (!channel) throw new Error(`This version has no channel of the kind "${record.type}".`);
    const config = channel.config.safeParse(openConfig(channel.config, record.config, parts.keys));
    if (!config.success) {
      const issue = config.error.issues[0];
      throw new Error(
        `The settings can not be used: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
      );
    }
    const account: Account<unknown> = {
      id: record.id,
      name: record.name,
      role: record.role,
      config: config.data,
      webhookUrl: `${parts.publicUrl}/hooks/${record.type}/${record.id}`,
    };
    const known = { record, channel, account };
    settings.set(record.id, known);
    return known;
  };

  const report = async (accountId: string, connection: Connection): Promise<void> => {
    const record = await stores.accounts.setStatus(accountId, connection.status, connection.detail);
    if (!record) return;
    const current = settings.get(accountId);
    if (current) current.record = record;
    parts.bus.publish({ type: 'account.changed', account: record });
  };

  const connectNow = async (accountId: string): Promise<Connection> => {
    await close(accountId);
    const record = await stores.accounts.get(accountId);
    if (!record) return { status: 'error', detail: 'There is no such channel.' };
    if (record.stopped) {
      const paused: Connection = { status: 'paused', detail: 'Paused by an administrator.' };
      await report(accountId, paused);
      return paused;
    }
    const connection = await open(record).catch(
      (error: unknown): Connection => ({ status: 'error', detail: messageOf(error) }),
    );
    await report(accountId, connection);
    if (connection.status === 'error') retryLater(accountId);
    else forgetRetry(accountId);
    return connection;
  };

  /** Opens the session, tests the credentials, tells the provider our address, starts the stream. */
  const open = async (record: AccountRecord): Promise<Connection> => {
    const known = read(record);
    const context = contextOf(record.id);
    const session = await known.channel.open(known.account, context);
    const checked = await session.check();
    if (checked.status === 'error' || checked.status === 'paused') {
      await session.close();
      return checked;
    }
    const stop = new AbortController();
    const openAccount: OpenAccount = { ...known, session };
    const entry: Running = { open: openAccount, stop, stream: Promise.resolve() };
    running.set(record.id, entry);
    parts.ready(record.id);
    const { stream, webhook } = known.channel;
    const streams = stream !== undefined && (stream.applies?.(known.account.config) ?? true);
    if (streams) {
      entry.stream = runStream(entry, context);
      return checked;
    }
    return webhook?.install ? await webhook.install(known.account, context) : checked;
  };

  const runStream = async (
    { open: { account, channel, record }, stop }: Running,
    context: ChannelContext,
  ): Promise<void> => {
    const sink: StreamSink = {
      accept: (parsed) => parts.accept(record.id, parsed),
      readCursor: async () => (await stores.accounts.get(record.id))?.cursor ?? null,
      saveCursor: (value) => stores.accounts.saveCursor(record.id, value),
      report: (connection) => {
        report(record.id, connection).catch((error: unknown) =>
          log.warn(
            { accountId: record.id, error: messageOf(error) },
            'a status could not be written',
          ),
        );
      },
      signal: stop.signal,
    };
    for (let failures = 1; !stop.signal.aborted; failures++) {
      try {
        await channel.stream?.run(account, sink, context);
        return;
      } catch (error) {
        if (stop.signal.aborted) return;
        log.error(
          { accountId: record.id, error: messageOf(error) },
          'a stream ended by a defect; it starts again',
        );
        sink.report({ status: 'error', detail: messageOf(error) });
        await pause(backoffMs(RETRY, failures, Math.random()), stop.signal);
      }
    }
  };

  const close = async (accountId: string): Promise<void> => {
    const entry = running.get(accountId);
    running.delete(accountId);
    settings.delete(accountId);
    if (!entry) return;
    entry.stop.abort();
    const limit = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS).unref());
    await Promise.race([entry.stream, limit]);
    await entry.open.session
      .close()
      .catch((error: unknown) =>
        log.warn({ accountId, error: messageOf(error) }, 'an account did not close cleanly'),
      );
  };

  const retryLater = (accountId: string): void => {
    if (stopped) return;
    const failures = (retries.get(accountId)?.failures ?? 0) + 1;
    forgetRetry(accountId);
    const timer = setTimeout(
      () => void connect(accountId),
      backoffMs(RETRY, failures, Math.random()),
    );
    timer.unref();
    retries.set(accountId, { failures, timer });
  };

  const forgetRetry = (accountId: string): void => {
    clearTimeout(retries.get(accountId)?.timer);
    retries.delete(accountId);
  };

  const connect = (accountId: string): Promise<Connection> =>
    changes.run(accountId, () => connectNow(accountId));

  return {
    async start() {
      const records = await stores.accounts.all();
      for (const { id } of records) void connect(id);
    },

    async stop() {
      stopped = true;
      for (const id of [...retries.keys()]) forgetRetry(id);
      await Promise.all([...running.keys()].map((id) => changes.run(id, () => close(id))));
    },

    get: (accountId) => running.get(accountId)?.open ?? null,

    async known(accountId) {
      const known = settings.get(accountId);
      if (known) return known;
      const record = await stores.accounts.get(accountId);
      if (!record) return null;
      try {
        return read(record);
      } catch (error) {
        log.warn({ accountId, error: messageOf(error) }, 'an account can not be used');
        return null;
      }
    },

    connect,

    disconnect: (accountId) =>
      changes.run(accountId, async () => {
        forgetRetry(accountId);
        const entry = running.get(accountId);
        const uninstall = entry?.open.channel.webhook?.uninstall;
        if (entry && uninstall) {
          await uninstall(entry.open.account, contextOf(accountId)).catch((error: unknown) =>
            log.warn({ accountId, error: messageOf(error) }, 'a webhook could not be taken back'),
          );
        }
        await close(accountId);
      }),

    async test(type, config) {
      const channel = channels.get(type);
      if (!channel)
        return { status: 'error', detail: `There is no channel of the kind "${type}".` };
      const account: Account<unknown> = {
        id: 'test',
        name: 'test',
        role: 'line',
        config,
        webhookUrl: `${parts.publicUrl}/hooks/${type}/test`,
      };
      try {
        const session = await channel.open(account, contextOf('test'));
        try {
          return await session.check();
        } finally {
          await session.close();
        }
      } catch (error) {
        return { status: 'error', detail: messageOf(error) };
      }
    },

    pause: (accountId, detail) =>
      changes.run(accountId, async () => {
        await close(accountId);
        await report(accountId, { status: 'paused', detail });
        parts.bus.publish({
          type: 'alert',
          audience: 'administrators',
          tone: 'bad',
          title: 'A channel is paused',
          text: detail,
        });
      }),
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

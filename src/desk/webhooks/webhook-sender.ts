import { messageOf } from '../../base/errors.ts';
import type { DomainEvent } from '../../domain/events/events.ts';
import type { WebhookTarget } from '../../domain/integration/records.ts';
import type { Desk } from '../desk.ts';
import { makeCall } from './make-call.ts';
import { lookThrough } from './look-through.ts';
import { outgoingName } from './outgoing-events.ts';
import { tell } from './tell.ts';

/** Tells addresses outside what happens here. */
export interface WebhookSender {
  /** There is (or may be) something to send. Returns at once. */
  wake(): void;
  /** Queues what happened and was not told: after a crash, or when the database was out of reach. */
  lookThrough(): Promise<void>;
  /** Resolves when everything that is due was tried. */
  idle(): Promise<void>;
  /** Stops listening and taking work; resolves when the calls under way have ended. */
  stop(): Promise<void>;
}

/** Another process may add an address: what is known of them is never older than this. */
const TARGETS_KEPT_MS = 10_000;
const PARALLEL = 4;
/** Longer than one call may take. */
const LEASE_MS = 60_000;

/** Queues what happens for every active address that wants it, in the database; sends until told to stop. */
export function startWebhookSender(desk: Desk): WebhookSender {
  const { webhooks } = desk.stores;
  const queueing = new Set<Promise<void>>();
  const workers = new Set<Promise<void>>();
  let known: { targets: Promise<WebhookTarget[]>; until: number } | null = null;
  let stopping = false;
  let again = false;

  const targets = (): Promise<WebhookTarget[]> => {
    if (!known || known.until < Date.now()) {
      const reading = webhooks.all();
      known = { targets: reading, until: Date.now() + TARGETS_KEPT_MS };
      reading.catch(() => {
        known = null;
      });
    }
    return known.targets;
  };

  const queue = async (event: DomainEvent): Promise<void> => {
    if (await tell(desk, event, await targets())) wake();
  };

  const work = async (): Promise<void> => {
    while (!stopping) {
      const now = desk.clock.now();
      const call = await webhooks.leaseDue(now, new Date(now.getTime() + LEASE_MS));
      if (!call) return;
      await makeCall(desk, call);
    }
  };

  const wake = (): void => {
    if (stopping) return;
    if (workers.size >= PARALLEL) {
      again = true;
      return;
    }
    const worker = work().catch((error: unknown) =>
      desk.log.error({ error: messageOf(error) }, 'webhooks wait for the next sweep'),
    );
    workers.add(worker);
    void worker.then(() => {
      workers.delete(worker);
      // Something was queued while all were busy: a worker may have looked just before.
      if (again) {
        again = false;
        wake();
      }
    });
  };

  const unlisten = [
    desk.bus.onAny((event) => {
      if (event.type === 'webhooks.changed') {
        known = null;
        wake();
      }
      if (!outgoingName(event)) return;
      const queued = queue(event).catch((error: unknown) =>
        desk.log.error(
          { event: event.type, error: messageOf(error) },
          'an event waits to be told outside until all is looked through',
        ),
      );
      queueing.add(queued);
      void queued.then(() => queueing.delete(queued));
    }),
  ];

  let looking: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    if (await lookThrough(desk)) wake();
  };

  const idle = async (): Promise<void> => {
    while (queueing.size > 0 || workers.size > 0) await Promise.all([...queueing, ...workers]);
  };
  return {
    wake,
    lookThrough() {
      looking ??= look().finally(() => {
        looking = null;
      });
      return looking;
    },
    idle,
    async stop() {
      for (const stop of unlisten) stop();
      stopping = true;
      await idle();
    },
  };
}

import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import { guardedFetch } from '../base/guarded-fetch.ts';
import { composer } from '../../flows/composed/index.ts';
import { flows as allFlows } from '../../flows/registry.ts';
import type { Log } from '../base/log.ts';
import type { Channel } from '../contract/channel.ts';
import { keysFrom } from '../domain/accounts/secrets.ts';
import type { Blobs } from '../domain/conversations/file.ts';
import { createBus } from '../domain/events/bus.ts';
import type { Stores } from '../domain/stores.ts';
import { createDirectory } from '../desk/directory.ts';
import type { Desk } from '../desk/desk.ts';
import { ensureLead } from '../desk/crm/ensure-lead.ts';
import { followTalks } from '../desk/crm/follow-talks.ts';
import { followMerged } from '../desk/talks/follow-merged.ts';
import { writeDownRest } from '../desk/talks/write-down-rest.ts';
import { createAccountHost } from '../engine/accounts/account-host.ts';
import { createComposedFlows } from '../engine/flow-runner/composed-flows.ts';
import { createFlowRunner } from '../engine/flow-runner/runner.ts';
import { openAt } from '../engine/router/hours.ts';
import { afterWorkingTime } from '../engine/router/hours-walk.ts';
import { createTargets } from '../engine/targets/targets.ts';
import { createDelivery } from '../engine/delivery/deliver.ts';
import { createApply } from '../engine/ingress/apply/apply.ts';
import { createFileFetcher } from '../engine/ingress/fetch-files.ts';
import type { FileFetcher } from '../engine/ingress/fetch-files.ts';
import { createIngress } from '../engine/ingress/receive.ts';
import { createPresence } from '../engine/presence/presence.ts';
import type { PushKeys } from '../engine/push/keys.ts';
import { createPush } from '../engine/push/push.ts';
import { createRouter } from '../engine/router/route.ts';
import { sniff } from '../storage/files/sniff.ts';
import { outboundFile } from './outbound-file.ts';

/** What a desk is made of. */
export interface DeskParts {
  stores: Stores;
  blobs: Blobs;
  clock: Clock;
  log: Log;
  channels: readonly Channel[];
  secretKey: string;
  /** What browsers know this installation's push messages by. */
  pushKeys: PushKeys;
  publicUrl: string;
  allowPrivateProviderHosts: boolean;
}

/** A desk and what moves by itself behind it. */
export interface BuiltDesk {
  desk: Desk;
  fileFetcher: FileFetcher;
  /**
   * Writes down what the last process changed, and queues the events that it accepted and did not apply: before new ones
   * come, to keep their order.
   */
  recover(): Promise<void>;
  /** Opens the accounts and takes up deliveries, files and waiting talks. */
  start(): Promise<void>;
  /** Finishes what is under way. */
  stop(): Promise<void>;
}

/** Joins the two sides: channels that know nothing of us, and an engine that knows no channel by name. */
export function buildDesk(parts: DeskParts): BuiltDesk {
  const { stores, blobs, clock, log, publicUrl } = parts;
  const keys = keysFrom(parts.secretKey);
  const channels = new Map(parts.channels.map((channel) => [channel.type, channel]));
  const fetch = guardedFetch({ allowPrivate: parts.allowPrivateProviderHosts });
  const bus = createBus((error, event) =>
    log.error({ event: event.type, error: messageOf(error) }, 'a listener failed'),
  );

  const accounts = createAccountHost({
    stores,
    channels,
    keys,
    bus,
    clock,
    log,
    fetch,
    publicUrl,
    accept: (accountId, parsed) => ingress.accept(accountId, parsed, null),
    ready: (accountId) => void wakeAccount(accountId),
  });
  const delivery = createDelivery({
    stores,
    bus,
    clock,
    log,
    account: accounts.get,
    pauseAccount: accounts.pause,
    outboundFile: (file) => outboundFile({ blobs, keys, clock, publicUrl }, file),
  });
  const directory = createDirectory(stores, bus);
  const flowRunner = createFlowRunner({
    stores,
    bus,
    clock,
    log,
    flows: allFlows,
    composed: createComposedFlows(stores, composer),
    line: directory.line,
    lineOpen: (line, at) => openAt(line, at).open,
    consider: (lineId, conversationId) => router.consider(lineId, conversationId),
    wakeDelivery: (conversationId) => delivery.wake(conversationId),
  });
  const targets = createTargets({
    stores,
    bus,
    clock,
    log,
    line: directory.line,
    workingTime: afterWorkingTime,
  });
  const apply = createApply({
    stores,
    bus,
    clock,
    log,
    async ensureLead(conversation, contact, by) {
      const ensured = await ensureLead(desk, conversation, contact, by);
      return ensured.status === 'none' ? conversation : ensured.conversation;
    },
    opening: flowRunner.opening,
    heard: flowRunner.heard,
    takesAfterClose: flowRunner.takesAfterClose,
    acknowledge(accountId, ack) {
      accounts
        .get(accountId)
        ?.session.acknowledge?.(ack)
        .catch((error: unknown) =>
          log.debug({ accountId, error: messageOf(error) }, 'a button was not acknowledged'),
        );
    },
  });
  const ingress = createIngress({
    stores,
    channels,
    bus,
    clock,
    log,
    known: accounts.known,
    apply,
  });
  const router = createRouter({ stores, bus, clock, log });
  const presence = createPresence({ stores, bus, clock, log, opening: openAt });
  const push = createPush({
    ...{ stores, bus, clock, log, fetch, publicUrl },
    keys: parts.pushKeys,
    line: directory.line,
    isLooking: presence.isLooking,
    changed: (userId) => void presence.look(userId),
  });
  const fileFetcher = createFileFetcher({
    stores,
    blobs,
    bus,
    clock,
    log,
    account: accounts.get,
    sniff,
  });

  const desk: Desk = {
    stores,
    bus,
    clock,
    log,
    keys,
    blobs,
    sniff,
    directory,
    channels,
    flows: allFlows,
    composer,
    flowRunner,
    targets,
    accounts,
    ingress,
    delivery,
    router,
    presence,
    push,
    fetch,
    publicUrl,
  };

  const wakeAccount = async (accountId: string): Promise<void> => {
    try {
      await stores.outbox.wake(accountId, clock.now());
      await delivery.sweep();
      fileFetcher.wake();
    } catch (error) {
      log.warn({ accountId, error: messageOf(error) }, 'queued messages wait for the next sweep');
    }
  };

  bus.on('message.appended', ({ message }) => {
    if (message.parts.some((part) => 'fileId' in part)) fileFetcher.wake();
  });
  const unfollow = followTalks(desk);
  const unfollowMerged = followMerged(desk);

  return {
    desk,
    fileFetcher,
    async recover() {
      // Who is there, before anybody is asked to take a talk.
      await presence.sweep();
      // Before what came in goes on: it stands where it stood.
      await writeDownRest(desk, 0);
      await ingress.recover(0);
    },
    async start() {
      await accounts.start();
      await Promise.all([delivery.sweep(), router.sweep(), flowRunner.sweep(), targets.sweep()]);
      fileFetcher.wake();
    },
    async stop() {
      unfollow();
      unfollowMerged();
      flowRunner.stop();
      targets.stop();
      router.stop();
      presence.stop();
      push.stop();
      await Promise.all([delivery.stop(), fileFetcher.stop()]);
      await accounts.stop();
      await Promise.all([
        ingress.idle(),
        router.idle(),
        flowRunner.idle(),
        targets.idle(),
        presence.idle(),
        push.idle(),
      ]);
    },
  };
}

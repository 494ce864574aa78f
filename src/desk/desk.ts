import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Channel } from '../contract/channel.ts';
import type { Composer } from '../contract/composed.ts';
import type { Flow } from '../contract/flow.ts';
import type { Keys } from '../domain/accounts/secrets.ts';
import type { Blobs } from '../domain/conversations/file.ts';
import type { Bus } from '../domain/events/bus.ts';
import type { Stores } from '../domain/stores.ts';
import type { AccountHost } from '../engine/accounts/host.ts';
import type { Delivery } from '../engine/delivery/delivery.ts';
import type { FlowRunner } from '../engine/flow-runner/runner.ts';
import type { Ingress } from '../engine/ingress/ingress.ts';
import type { Presence } from '../engine/presence/presence.ts';
import type { Push } from '../engine/push/push.ts';
import type { Router } from '../engine/router/router.ts';
import type { Targets } from '../engine/targets/targets.ts';
import type { Directory } from './directory.ts';

/** All that use cases work with. Each use case: one file, one function, `(desk, who, …)`. */
export interface Desk {
  stores: Stores;
  bus: Bus;
  clock: Clock;
  log: Log;
  keys: Keys;
  blobs: Blobs;
  /** MIME type by a file's first bytes; null when they tell nothing. */
  sniff(head: Buffer): string | null;
  /** Names of accounts, lines and people, for views. */
  directory: Directory;
  channels: ReadonlyMap<string, Channel>;
  /** What a line can do by itself, all versions. */
  flows: readonly Flow[];
  /** Makes flows of what administrators compose. */
  composer: Composer;
  flowRunner: FlowRunner;
  targets: Targets;
  accounts: AccountHost;
  ingress: Ingress;
  delivery: Delivery;
  router: Router;
  presence: Presence;
  push: Push;
  /** Outgoing requests to addresses that people gave: private ranges are refused after DNS unless allowed. */
  fetch: typeof fetch;
  /** No slash at the end. */
  publicUrl: string;
}

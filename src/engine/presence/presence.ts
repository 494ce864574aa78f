import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import { KeyedLock } from '../../base/keyed-lock.ts';
import type { Log } from '../../base/log.ts';
import type { Bus } from '../../domain/events/bus.ts';
import { sameAway } from '../../domain/operators/away.ts';
import type { Device } from '../../domain/operators/device.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Stores } from '../../domain/stores.ts';
import type { OpenLink } from './links.ts';
import { createLinks } from './links.ts';
import { standingOf } from './standing.ts';
import type { Opening } from './standing.ts';

/** What the keeper of presence needs. */
export interface PresenceParts {
  stores: Pick<Stores, 'users' | 'devices' | 'settings'>;
  bus: Bus;
  clock: Clock;
  log: Log;
  opening: Opening;
}

/** A connected device, as whoever holds its connection sees it. */
export interface DeviceLink {
  /** Its person touched it. */
  active(): void;
  looking(on: boolean): void;
  watch(conversationId: string, on: boolean): void;
  /** The connection ended. */
  leave(): Promise<void>;
}

/** Keeps who is there: what people say, joined with their devices, hours and absences. */
export interface Presence {
  arrive(
    device: Pick<Device, 'userId' | 'key' | 'kind' | 'name' | 'signInId'>,
  ): Promise<DeviceLink>;
  /** Works out somebody's `away` again. `presence.changed` is told if it changed, or if `tell`. Null: gone. */
  look(userId: string, tell?: boolean): Promise<User | null>;
  /** Whether somebody has a talk before their eyes, on a device of this process. */
  isLooking(userId: string, conversationId: string): boolean;
  /** Stores that this process's devices live. */
  beat(): Promise<void>;
  /** Devices whose process died, and everybody whose time has come. */
  sweep(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  stop(): void;
}

/** How often a connected device's life is stored. */
const BEAT_MS = 30_000;
/** Without a sign for so long, the process that held a device is dead. */
const DEAD_MS = 2 * BEAT_MS + 5_000;
/** Longer times are looked at again: a clock may be set meanwhile. */
const LONGEST_MS = 3_600_000;
/** A timer that fires a little early would find nothing due. */
const MARGIN_MS = 5;
const BATCH = 200;
const TRIES = 8;
/** Before one device at a time. */
const MOST_TALKS = 100;
const MINUTE_MS = 60_000;

/** Starts the keeper. */
export function createPresence(parts: PresenceParts): Presence {
  const { stores, bus, clock, log, opening } = parts;
  const links = createLinks();
  const turns = new KeyedLock();
  /** A page that is loaded anew leaves and arrives at once. */
  const moves = new KeyedLock();
  const under = new Set<Promise<unknown>>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  /** As last read: a touch must not ask the database. */
  let idleMs = 0;

  const track = <T>(work: Promise<T>): Promise<T> => {
    under.add(work);
    const done = (): void => void under.delete(work);
    work.then(done, done);
    return work;
  };
  /** Work that nobody waits for: what it misses, the next sweep finds. */
  const aside = (work: Promise<unknown>): void => {
    track(work).catch((error: unknown) =>
      log.warn({ error: messageOf(error) }, 'presence waits for the next sweep'),
    );
  };
  const limits = async (): Promise<{ graceMs: number; idleMs: number }> => {
    const { disconnectMinutes, idleMinutes } = await stores.settings.read();
    idleMs = idleMinutes * MINUTE_MS;
    return { graceMs: disconnectMinutes * MINUTE_MS, idleMs };
  };

  const reckon = async (userId: string): Promise<{ user: User; changed: boolean } | null> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const [user, devices, { graceMs, idleMs: idle }] = await Promise.all([
        stores.users.get(userId),
        stores.devices.ofUser(userId),
        limits(),
      ]);
      if (!user) return null;
      const facts = { user, devices, graceMs, idleMs: idle };
      const { away, lookAt } = standingOf(facts, clock.now(), opening);
      const after = await stores.users.reckon(userId, user.reckoned, away, lookAt);
      if (!after) continue;
      arm();
      return { user: after, changed: !sameAway(user.away, away) };
    }
    throw new Error('Somebody’s presence changed faster than it could be worked out.');
  };
  const look: Presence['look'] = (userId, tell = false) =>
    track(
      turns.run(userId, async () => {
        const found = await reckon(userId);
        if (found && (tell || found.changed))
          bus.publish({ type: 'presence.changed', userId, state: found.user.presence });
        return found?.user ?? null;
      }),
    );

  let arming = false;
  const arm = (): void => {
    if (arming || stopped) return;
    arming = true;
    aside(
      (async () => {
        await new Promise((resolve) => setImmediate(resolve));
        arming = false;
        const at = await stores.users.nextLook();
        clearTimeout(timer);
        if (!at || stopped) return;
        const ms = at.getTime() - clock.now().getTime() + MARGIN_MS;
        timer = setTimeout(() => aside(due()), Math.min(Math.max(ms, MARGIN_MS), LONGEST_MS));
        timer.unref();
      })(),
    );
  };
  const due = async (): Promise<void> => {
    for (;;) {
      const ids = await stores.users.dueLooks(clock.now(), BATCH);
      for (const id of ids) await look(id);
      if (ids.length < BATCH) break;
    }
    arm();
  };

  const beat = (): Promise<void> => stores.devices.beat(links.deviceIds(), clock.now());
  const beating = setInterval(() => aside(beat()), BEAT_MS).unref();

  const touched = async (link: OpenLink): Promise<void> => {
    const at = clock.now();
    const ms = at.getTime() - link.activeAt.getTime();
    // Often enough that nobody who works counts as idle, and not for every key.
    if (idleMs === 0 || ms < idleMs / 3) return;
    link.activeAt = at;
    await stores.devices.active(link.deviceId, at);
    if (ms >= idleMs) await look(link.userId);
  };

  const stops = [
    bus.on('settings.changed', () => {
      aside(stores.users.lookAtAll(clock.now()).then(due));
    }),
  ];

  return {
    look,
    isLooking: links.isLooking,
    beat: () => track(beat()),
    async arrive(device) {
      const { userId } = device;
      const link = await track(
        moves.run(userId, async (): Promise<OpenLink> => {
          const { id: deviceId, activeAt } = await stores.devices.arrive(device, clock.now());
          const talks = new Set<string>();
          const opened = { userId, deviceId, activeAt, talks, looking: true };
          links.add(opened);
          return opened;
        }),
      );
      await look(userId);
      return {
        active: () => aside(touched(link)),
        looking(on) {
          link.looking = on;
        },
        watch(conversationId, on) {
          if (!on) link.talks.delete(conversationId);
          else if (link.talks.size < MOST_TALKS) link.talks.add(conversationId);
        },
        async leave() {
          const last = await track(
            moves.run(userId, async () => {
              if (links.remove(link)) return false;
              await stores.devices.leave(link.deviceId, clock.now());
              return true;
            }),
          );
          if (last) await look(userId);
        },
      };
    },
    async sweep() {
      await beat();
      const before = new Date(clock.now().getTime() - DEAD_MS);
      for (const userId of await stores.devices.expire(before, BEAT_MS)) await look(userId);
      await due();
    },
    async idle() {
      while (under.size > 0) await Promise.allSettled(under);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      clearInterval(beating);
      for (const stop of stops) stop();
    },
  };
}

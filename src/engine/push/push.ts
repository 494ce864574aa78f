import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Bus } from '../../domain/events/bus.ts';
import type { Line } from '../../domain/lines/line.ts';
import { isThere } from '../../domain/operators/away.ts';
import type { Device } from '../../domain/operators/device.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Stores } from '../../domain/stores.ts';
import { peopleOf } from './audience.ts';
import type { PushNote, PushResult, PushSending } from './send.ts';
import { sendPush } from './send.ts';

/** What push messages need. */
export interface PushParts extends Omit<PushSending, 'subject'> {
  stores: Pick<Stores, 'users' | 'roles' | 'devices' | 'settings'>;
  bus: Bus;
  clock: Clock;
  log: Log;
  publicUrl: string;
  line(id: string): Promise<Line | null>;
  /** Whether somebody has a talk before their eyes. */
  isLooking(userId: string, conversationId: string): boolean;
  /** A person can be reached in fewer ways. */
  changed(userId: string): void;
  /** Waits before the second, third, … try. Default: 2 s, 10 s. */
  retryMs?: readonly number[];
}

/** Tells people of what concerns them while they do not look: a little stubborn, but no ledger. */
export interface Push {
  publicKey: string;
  /** Sends one message to one device now. */
  send(device: Device, note: PushNote): Promise<PushResult>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  stop(): void;
}

const RETRY_MS = [2_000, 10_000];
/** Nobody waits longer for a push service. */
const LONGEST_WAIT_MS = 60_000;
const DAY_S = 24 * 3600;
/** As many characters of a customer's words as a notice shows. */
const FIRST_WORDS = 120;
/** Nobody is signed in any more where nobody looked for so long. */
const FORGOTTEN_MS = 14 * DAY_S * 1000;
const HIDDEN = 'Open Openline to read it.';

/** Starts it; it listens by itself. */
export function createPush(parts: PushParts): Push {
  const { stores, bus, clock, log, keys, retryMs = RETRY_MS } = parts;
  const sending: PushSending = { keys, fetch: parts.fetch, subject: subjectOf(parts.publicUrl) };
  const under = new Set<Promise<void>>();
  const end = new AbortController();

  const send: Push['send'] = async (device, note) => {
    if (!device.push) return { status: 'refused', detail: 'Notices are not allowed there.' };
    const result = await sendPush(sending, device.push, note, clock.now());
    if (result.status === 'gone') {
      const userId = await stores.devices.dropPush(device.push.endpoint);
      if (userId) parts.changed(userId);
    }
    return result;
  };

  const deliver = async (device: Device, note: PushNote): Promise<void> => {
    for (let attempt = 0; ; attempt++) {
      const result = await send(device, note);
      if (result.status === 'refused')
        log.warn({ deviceId: device.id, detail: result.detail }, 'a notice was not taken');
      const wait = retryMs[attempt];
      if (result.status !== 'deferred' || wait === undefined) return;
      await sleep(Math.min(Math.max(wait, result.retryAfterMs ?? 0), LONGEST_WAIT_MS), null, {
        signal: end.signal,
        ref: false,
      });
    }
  };

  /** Tells those of these people who have a device that takes notices, and do not rest. */
  const tell = async (userIds: readonly string[], note: PushNote): Promise<void> => {
    const devices = userIds.length === 0 ? [] : await stores.devices.pushable(userIds);
    if (devices.length === 0) return;
    const owners = await stores.users.many([...new Set(devices.map(({ userId }) => userId))]);
    const awake = new Set(owners.filter((user) => !rests(user)).map(({ id }) => id));
    const known = clock.now().getTime() - FORGOTTEN_MS;
    const wanted = devices.filter(
      ({ userId, seenAt }) => awake.has(userId) && seenAt.getTime() > known,
    );
    await Promise.all(wanted.map((device) => deliver(device, note)));
  };

  const aside = (work: () => Promise<void>): void => {
    const run = work()
      .catch((error: unknown) => {
        if (!end.signal.aborted) log.warn({ error: messageOf(error) }, 'a notice was not sent');
      })
      .finally(() => under.delete(run));
    under.add(run);
  };

  const stops = [
    bus.on('message.appended', ({ message, conversation }) => {
      const { id, session, contactName } = conversation;
      const { ownerId } = session;
      if (message.direction !== 'in' || ownerId === null || session.state !== 'open') return;
      if (parts.isLooking(ownerId, id)) return;
      aside(async () => {
        const body = (await mayShow()) ? firstWords(message.text) || 'Sent a file.' : HIDDEN;
        await tell([ownerId], { ...aboutTalk(conversation), title: contactName, body, ttl: DAY_S });
      });
    }),
    bus.on('alert', ({ audience, title, text, conversationId, until }) => {
      aside(async () => {
        const userIds = await peopleOf(stores, audience);
        const looking = (userId: string): boolean =>
          conversationId !== undefined && parts.isLooking(userId, conversationId);
        await tell(
          userIds.filter((userId) => !looking(userId)),
          {
            title,
            body: (await mayShow()) ? firstWords(text) : '',
            ...(conversationId ? aboutTalk({ id: conversationId }) : { url: '/', tag: title }),
            ttl: until ? secondsTo(until) : DAY_S,
          },
        );
      });
    }),
    // Who is offered a talk alone hears it by an alert.
    bus.on('session.offered', ({ conversation, operatorIds, until }) => {
      if (operatorIds.length > 0) return;
      aside(async () => {
        const line = await parts.line(conversation.lineId);
        const people = await stores.users.many(line?.members ?? []);
        const there = people.filter(isThere);
        await tell(
          there.map(({ id }) => id),
          {
            ...aboutTalk(conversation),
            title: `${conversation.contactName} is offered to you`,
            body: 'The first who takes the talk has it.',
            ttl: secondsTo(until),
          },
        );
      });
    }),
  ];
  const secondsTo = (at: Date): number => (at.getTime() - clock.now().getTime()) / 1000;
  const mayShow = async (): Promise<boolean> => (await stores.settings.read()).pushText;

  return {
    publicKey: keys.publicKey,
    send,
    async idle() {
      while (under.size > 0) await Promise.all(under);
    },
    stop() {
      end.abort();
      for (const stop of stops) stop();
    },
  };
}

/** Who said that they are off, or is on holiday, is left in peace. */
const rests = ({ active, presence, away }: User): boolean =>
  !active || presence === 'offline' || away?.kind === 'absent' || away?.kind === 'off_hours';

const aboutTalk = ({ id }: Pick<Conversation, 'id'>): Pick<PushNote, 'url' | 'tag'> => ({
  url: `/inbox/open/${id}`,
  tag: id,
});

/** The first words, cut between characters as people see them. */
const firstWords = (text: string): string => {
  const characters = [
    ...new Intl.Segmenter().segment(
      text
        .slice(0, 20 * FIRST_WORDS)
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  ];
  if (characters.length <= FIRST_WORDS) return characters.map(({ segment }) => segment).join('');
  const first = characters.slice(0, FIRST_WORDS - 1).map(({ segment }) => segment);
  return `${first.join('').trimEnd()}…`;
};

/** Whom push services turn to: an installation without a public address has no better one. */
const subjectOf = (publicUrl: string): string =>
  publicUrl.startsWith('https:') ? publicUrl : `mailto:openline@${new URL(publicUrl).hostname}`;

import type { Clock } from '../../base/clock.ts';
import { messageOf, Refusal } from '../../base/errors.ts';
import { KeyedLock } from '../../base/keyed-lock.ts';
import type { Log } from '../../base/log.ts';
import type { Channel, HttpAnswer, Parsed, WebhookRequest } from '../../contract/channel.ts';
import type { InboundEvent } from '../../contract/inbound.ts';
import type { KnownAccount } from '../../domain/accounts/open-account.ts';
import type { LoggedEvent, Quarantined } from '../../domain/conversations/inbound-log.ts';
import type { Bus } from '../../domain/events/bus.ts';
import type { Stores } from '../../domain/stores.ts';
import { NoLine } from './apply/parts.ts';
import type { Ingress } from './ingress.ts';

const DEFAULT_MAX_BYTES = 1024 * 1024;
/** Waits between attempts to apply one event; then it goes to quarantine and its chat goes on. */
const RETRY_MS = [100, 500, 2_000, 5_000, 10_000, 20_000];
/** A defect answers the same every time: two attempts are enough. */
const DEFECT_RETRIES = 1;
const RECOVERY_BATCH = 5_000;

const answer = (status: number, body: object): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const UNKNOWN = answer(404, { ok: false, error: 'unknown account' });
const UNVERIFIED = answer(401, { ok: false, error: 'not verified' });
const STORED = answer(200, { ok: true });

/** What ingress needs. */
export interface IngressParts {
  stores: Pick<Stores, 'inboundLog' | 'quarantine' | 'accounts'>;
  channels: ReadonlyMap<string, Channel>;
  bus: Bus;
  clock: Clock;
  log: Log;
  known(accountId: string): Promise<KnownAccount | null>;
  apply(event: InboundEvent, known: KnownAccount): Promise<void>;
}

/** The way in: verify, parse, store, answer - and only then apply, in order per chat. */
export function createIngress(parts: IngressParts): Ingress {
  const { stores, channels, bus, clock, log } = parts;
  const chats = new KeyedLock();
  /** Events of this process that are not applied yet. */
  const underWay = new Map<string, Promise<void>>();
  const marking = new Set<Promise<void>>();

  const store = async (
    accountId: string,
    events: readonly InboundEvent[],
    raw: Uint8Array | null,
  ): Promise<{ accepted: number; duplicates: number }> => {
    if (events.length === 0) return { accepted: 0, duplicates: 0 };
    const { logged, duplicates } = await stores.inboundLog.store(
      accountId,
      events,
      raw,
      clock.now(),
    );
    for (const item of logged) enqueue(item);
    return { accepted: logged.length, duplicates };
  };

  const enqueue = (item: LoggedEvent): void => {
    if (underWay.has(item.id)) return;
    const work = chats.run(`${item.accountId}\n${item.event.chat.id}`, () => applyUntilDone(item));
    const tracked = work.catch((error: unknown) => {
      // Not even quarantine could be written: the event stays in the log and recovery finds it.
      log.error({ eventId: item.id, error: reasonOf(error) }, 'an event waits for recovery');
    });
    underWay.set(item.id, tracked);
    void tracked.then(() => underWay.delete(item.id));
  };

  /** Nothing waits for the mark: without it, recovery applies the event again, which changes nothing. */
  const markApplied = (item: LoggedEvent): void => {
    const mark = stores.inboundLog
      .applied(item.id, clock.now())
      .catch((error: unknown) =>
        log.warn({ eventId: item.id, error: reasonOf(error) }, 'an applied event was not marked'),
      )
      .finally(() => marking.delete(mark));
    marking.add(mark);
  };

  const applyUntilDone = async (item: LoggedEvent): Promise<void> => {
    for (let failures = 0; ; failures++) {
      const known = await parts.known(item.accountId);
      try {
        if (!known) throw new Refusal('not_found', 'The channel this event came through is gone.');
        await parts.apply(item.event, known);
        markApplied(item);
        return;
      } catch (error) {
        const wait = RETRY_MS[failures];
        if (wait === undefined || (isDefect(error) && failures >= DEFECT_RETRIES)) {
          await holdEvent(item, known, reasonOf(error));
          return;
        }
        log.warn(
          { eventId: item.id, failures: failures + 1, error: reasonOf(error) },
          'an event will be applied again',
        );
        await stores.inboundLog.failedOnce(item.id);
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  };

  const holdEvent = async (
    item: LoggedEvent,
    known: KnownAccount | null,
    reason: string,
  ): Promise<void> => {
    await hold({
      accountId: item.accountId,
      channelType: known?.record.type ?? 'unknown',
      reason,
      at: clock.now(),
      raw: Buffer.from(JSON.stringify(item.event)),
      request: null,
      event: item.event,
    });
    await stores.inboundLog.quarantined(item.id, clock.now());
  };

  const hold = async (item: Omit<Quarantined, 'id' | 'state'>): Promise<void> => {
    await stores.quarantine.hold(item);
    log.warn(
      { accountId: item.accountId, channel: item.channelType, reason: item.reason },
      'held in quarantine',
    );
    bus.publish({
      type: 'alert',
      audience: 'administrators',
      tone: 'warn',
      title: 'Something came in that could not be read',
      text: `${item.channelType}: ${item.reason}`,
    });
  };

  const holdRequest = (
    known: KnownAccount,
    request: WebhookRequest,
    reason: string,
    raw: Uint8Array,
  ) =>
    hold({
      accountId: known.record.id,
      channelType: known.record.type,
      reason,
      at: request.now,
      raw,
      request: {
        method: request.method,
        path: request.path,
        query: { ...request.query },
        headers: { 'content-type': String(request.headers['content-type'] ?? '') },
      },
      event: null,
    });

  const holdOdd = async (known: KnownAccount, odd: Parsed['odd']): Promise<void> => {
    for (const { reason, raw } of odd ?? [])
      await hold({
        accountId: known.record.id,
        channelType: known.record.type,
        reason,
        at: clock.now(),
        raw: Buffer.from(raw),
        request: null,
        event: null,
      });
  };

  const applyAgain = async (event: InboundEvent, known: KnownAccount): Promise<void> => {
    try {
      await chats.run(`${known.record.id}\n${event.chat.id}`, () => parts.apply(event, known));
    } catch (error) {
      throw new Refusal('rule_broken', `It still can not be used: ${reasonOf(error)}`);
    }
  };

  return {
    maxBytes: (type) => channels.get(type)?.webhook?.maxBytes ?? DEFAULT_MAX_BYTES,

    async webhook(type, accountId, incoming) {
      const known = await parts.known(accountId);
      const webhook = known?.channel.webhook;
      if (!known || !webhook || known.record.type !== type) return UNKNOWN;
      const request: WebhookRequest = { ...incoming, now: clock.now() };
      const { config } = known.account;
      const handshake = webhook.handshake?.(request, config);
      if (handshake) return handshake;
      if (!webhook.verify(request, config)) return UNVERIFIED;

      let parsed: Parsed;
      try {
        parsed = webhook.parse(request, config);
      } catch (error) {
        const reason = reasonOf(error);
        if (webhook.unreadable === 'refuse') {
          return answer(400, { error: { code: 'malformed', message: reason } });
        }
        await holdRequest(known, request, reason, request.body);
        return webhook.ack?.({ accepted: 0, duplicates: 0 }) ?? STORED;
      }
      const [stored] = await Promise.all([
        store(accountId, parsed.events, request.body),
        holdOdd(known, parsed.odd),
      ]);
      return webhook.ack?.(stored) ?? STORED;
    },

    async accept(accountId, parsed, raw) {
      const known = await parts.known(accountId);
      if (!known) throw new Refusal('not_found', 'There is no such channel.');
      const [stored] = await Promise.all([
        store(accountId, parsed.events, raw),
        holdOdd(known, parsed.odd),
      ]);
      return stored;
    },

    async replay(id) {
      const item = await stores.quarantine.get(id);
      if (!item) throw new Refusal('not_found', 'There is no such item in quarantine.');
      const known = item.accountId ? await parts.known(item.accountId) : null;
      if (!known)
        throw new Refusal(
          'rule_broken',
          'The channel this came through is gone: it can not be replayed.',
        );
      if (!item.event && !item.request) {
        throw new Refusal(
          'rule_broken',
          'Only a part of a request is kept here: there is nothing to replay.',
        );
      }
      if (item.event) await applyAgain(item.event, known);
      const parsed = item.event ? { events: [] } : reparse(known, item, clock.now());
      const stored = await store(known.record.id, parsed.events, item.raw);
      if (!(await stores.quarantine.setState(id, 'held', 'replayed'))) {
        throw new Refusal('conflict', 'This item was replayed or dismissed already.');
      }
      return item.event ? { accepted: 1, duplicates: 0 } : stored;
    },

    async recover(minAgeMs) {
      const before = new Date(clock.now().getTime() - minAgeMs);
      for (const item of await stores.inboundLog.pending(before, RECOVERY_BATCH)) enqueue(item);
    },

    async idle() {
      while (underWay.size + marking.size > 0)
        await Promise.all([...underWay.values(), ...marking]);
    },
  };
}

function isDefect(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof Refusal ||
    error instanceof NoLine
  );
}

/** Reads a held request again, with today's parser. */
function reparse(known: KnownAccount, item: Quarantined, now: Date): Parsed {
  const { webhook } = known.channel;
  if (!webhook || !item.request)
    throw new Refusal('rule_broken', 'This channel has no webhook any more.');
  try {
    return webhook.parse(
      {
        method: item.request.method === 'GET' ? 'GET' : 'POST',
        path: item.request.path,
        url: known.account.webhookUrl + item.request.path,
        query: item.request.query,
        headers: item.request.headers,
        body: Buffer.from(item.raw),
        now,
      },
      known.account.config,
    );
  } catch (error) {
    throw new Refusal('rule_broken', `It still can not be read: ${reasonOf(error)}`);
  }
}

/** For logs and quarantine: what went wrong, at a length people read. */
function reasonOf(error: unknown): string {
  return messageOf(error).slice(0, 500);
}

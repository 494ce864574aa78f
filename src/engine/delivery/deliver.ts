import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import { newUuid } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import type { DeliveryResult } from '../../contract/outbound.ts';
import type { OpenAccount } from '../../domain/accounts/open-account.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { UNFINISHED } from '../../domain/conversations/message.ts';
import type {
  Delivery as DeliveryRecord,
  DeliveryChange,
  Message,
} from '../../domain/conversations/message.ts';
import { sendKey } from '../../domain/conversations/send-key.ts';
import type { Bus } from '../../domain/events/bus.ts';
import type { Stores } from '../../domain/stores.ts';
import { createAccountGate } from './account-gate.ts';
import type { AccountGate } from './account-gate.ts';
import type { Delivery } from './delivery.ts';
import { GIVE_UP_AFTER_MS, outcomeOf } from './outcome.ts';
import { planFor, quotedBy } from './plan-message.ts';
import type { PlanningParts } from './plan-message.ts';
import { sendWithin } from './send-within.ts';

/** How long a lease lives without being renewed: after a crash a message waits this long before it is looked at. */
const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
const PARALLEL_PER_ACCOUNT = 16;
const SWEEP_BATCH = 200;

/** What delivery needs. */
export interface DeliveryParts extends PlanningParts {
  stores: Pick<Stores, 'outbox' | 'messages' | 'conversations' | 'files' | 'accounts'>;
  bus: Bus;
  clock: Clock;
  log: Log;
  account(accountId: string): OpenAccount | null;
  pauseAccount(accountId: string, detail: string): Promise<void>;
}

type Outgoing = Message & { delivery: DeliveryRecord };

/** The way out: per conversation one lane, in order of seq; leases and states in the database. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { stores, bus, clock, log } = parts;
  const { outbox } = stores;
  const me = newUuid();
  /** Lanes at work; `again` when somebody woke one meanwhile. */
  const lanes = new Map<string, { again: boolean; done: Promise<void> }>();
  const timers = new Map<string, NodeJS.Timeout>();
  const gates = new Map<string, AccountGate>();
  let stopping = false;

  const gateOf = (open: OpenAccount): AccountGate => {
    const id = open.record.id;
    const known = gates.get(id);
    if (known) return known;
    const perSecond = open.channel.capabilities.pace?.perAccountPerSecond ?? 1000;
    const gate = createAccountGate({ parallel: PARALLEL_PER_ACCOUNT, perSecond });
    gates.set(id, gate);
    return gate;
  };

  const wake = (conversationId: string): void => {
    if (stopping) return;
    const lane = lanes.get(conversationId);
    if (lane) {
      lane.again = true;
      return;
    }
    const fresh = { again: false, done: Promise.resolve() };
    lanes.set(conversationId, fresh);
    fresh.done = run(conversationId, fresh).then(
      () => end(conversationId, fresh),
      (error: unknown) => {
        log.error(
          { conversationId, error: messageOf(error) },
          'delivery of a conversation stopped',
        );
        wakeLater(conversationId, 5_000);
        end(conversationId, { again: false });
      },
    );
  };

  const end = (conversationId: string, lane: { again: boolean }): void => {
    lanes.delete(conversationId);
    if (lane.again) wake(conversationId);
  };

  const wakeLater = (conversationId: string, ms: number): void => {
    if (stopping) return;
    const old = timers.get(conversationId);
    if (old) clearTimeout(old);
    const timer = setTimeout(
      () => {
        timers.delete(conversationId);
        wake(conversationId);
      },
      Math.min(ms, 60_000),
    );
    timer.unref();
    timers.set(conversationId, timer);
  };

  /** Sends what is due in this conversation, one after another. */
  const run = async (conversationId: string, lane: { again: boolean }): Promise<void> => {
    while (!stopping) {
      lane.again = false;
      const next = await outbox.next(conversationId);
      const message = next?.message;
      if (message?.delivery?.state !== 'queued') return;
      const wait = message.delivery.nextAt.getTime() - clock.now().getTime();
      if (wait > 0) return wakeLater(conversationId, wait);
      const open = parts.account(message.accountId);
      if (!open) return;
      const leave = await gateOf(open).enter();
      let finished: boolean;
      try {
        const now = clock.now();
        const leased = await outbox.lease(message.id, me, now, new Date(now.getTime() + LEASE_MS));
        if (!leased) return wakeLater(conversationId, 1_000);
        await attempt(leased as Outgoing, open);
        finished = !UNFINISHED.includes((leased as Outgoing).delivery.state);
      } finally {
        leave();
      }
      if (finished && !next?.more && !lane.again) return;
      const pace = open.channel.capabilities.pace?.perChatMs;
      if (pace) await new Promise((resolve) => setTimeout(resolve, pace));
    }
  };

  /** One attempt: every step that is left, each result written before the next begins. */
  const attempt = async (message: Outgoing, open: OpenAccount): Promise<void> => {
    const conversation = await stores.conversations.get(message.conversationId);
    if (!conversation) {
      await settle(message, null, {
        state: 'failed',
        reason: 'no-such-chat',
        detail: 'The talk is gone.',
      });
      return;
    }
    announce(message, conversation);
    const planned = await planFor(parts, message, conversation, open);
    if (planned.status === 'refused') {
      await settle(message, conversation, {
        state: 'failed',
        reason: planned.reason,
        detail: planned.detail,
      });
      return;
    }
    const replyTo = await quotedBy(parts, message, open);
    const renewal = setInterval(() => {
      const until = new Date(clock.now().getTime() + LEASE_MS);
      outbox
        .renew(message.id, me, until)
        .catch((error: unknown) =>
          log.warn(
            { messageId: message.id, error: messageOf(error) },
            'a lease could not be renewed',
          ),
        );
    }, RENEW_MS);
    try {
      let chat = conversation.chat;
      for (let index = message.delivery.stepsDone; index < planned.steps.length; index++) {
        const content = planned.steps[index];
        if (!content) break;
        const result = await sendWithin(
          open.session.send({
            key: sendKey(message.id, index, planned.steps.length),
            chat,
            content,
            ...(index === 0 && replyTo !== null && { replyTo }),
          }),
          log,
        );
        if (result.status === 'sent' && result.movedTo) {
          chat = result.movedTo;
          await stores.conversations.setChat(conversation.id, chat);
        }
        const last = index === planned.steps.length - 1;
        const change = {
          ...changeOf(result, message, open),
          stepsDone: index + (result.status === 'sent' ? 1 : 0),
        };
        await settle(
          message,
          conversation,
          result.status === 'sent' && !last ? { ...change, state: 'sending' } : change,
        );
        await consequences(result, conversation, open);
        if (result.status !== 'sent') return;
      }
    } finally {
      clearInterval(renewal);
    }
  };

  const changeOf = (result: DeliveryResult, message: Outgoing, open: OpenAccount): DeliveryChange =>
    outcomeOf(result, {
      number: message.delivery.attempts,
      now: clock.now(),
      idempotent: open.channel.capabilities.idempotentSend,
      random: Math.random(),
    });

  const settle = async (
    message: Outgoing,
    conversation: Conversation | null,
    change: DeliveryChange,
  ): Promise<void> => {
    const settled = await outbox.settle(message.id, me, change, clock.now());
    if (!settled) {
      log.warn({ messageId: message.id }, 'a send ended after its lease was lost');
      return;
    }
    if (settled.delivery) message.delivery = settled.delivery;
    if (conversation) announce(settled, conversation);
  };

  const announce = (message: Message, conversation: Conversation): void => {
    bus.publish({ type: 'message.changed', message, conversation });
  };

  const consequences = async (
    result: DeliveryResult,
    conversation: Conversation,
    open: OpenAccount,
  ): Promise<void> => {
    if (result.status === 'unauthorized') await parts.pauseAccount(open.record.id, result.detail);
    if (result.status === 'deferred' && result.scope === 'account')
      gateOf(open).hold(result.retryAfterMs ?? 1_000);
    if (result.status === 'rejected' && result.reason === 'blocked') {
      const blocked = await stores.conversations.setBlocked(conversation.id, true);
      if (blocked) bus.publish({ type: 'conversation.changed', conversation: blocked });
    }
  };

  /** The sender died: only a provider that recognises our key is asked again; elsewhere a person decides. */
  const recover = async (message: Outgoing): Promise<void> => {
    const open = parts.account(message.accountId);
    const change: DeliveryChange = open?.channel.capabilities.idempotentSend
      ? { state: 'queued', detail: 'Openline was interrupted; sending again.', nextAt: clock.now() }
      : {
          state: 'uncertain',
          reason: 'uncertain',
          detail: 'Openline was interrupted while sending. Ask the customer, or send again.',
        };
    const recovered = await outbox.recover(message.id, change, clock.now());
    const conversation = recovered && (await stores.conversations.get(message.conversationId));
    if (recovered && conversation) announce(recovered, conversation);
    if (recovered) wake(message.conversationId);
  };

  /** An account that does not come back must not keep its messages silently: after a day they fail, visibly. */
  const giveUpStale = async (accountIds: readonly string[]): Promise<void> => {
    if (accountIds.length === 0) return;
    const before = new Date(clock.now().getTime() - GIVE_UP_AFTER_MS);
    for (const { id, conversationId } of await outbox.stale(before, accountIds, SWEEP_BATCH)) {
      const failed = await outbox.giveUp(
        id,
        'The channel was not connected for a day.',
        clock.now(),
      );
      const conversation = failed && (await stores.conversations.get(conversationId));
      if (failed && conversation) announce(failed, conversation);
    }
  };

  return {
    wake,
    async sweep() {
      if (stopping) return;
      for (const message of await outbox.abandoned(clock.now(), SWEEP_BATCH))
        await recover(message as Outgoing);
      const silent = (await stores.accounts.all())
        .filter(({ id }) => !parts.account(id))
        .map(({ id }) => id);
      await giveUpStale(silent);
      for (const { conversationId } of await outbox.due(clock.now(), silent, SWEEP_BATCH))
        wake(conversationId);
    },
    async stop() {
      stopping = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all([...lanes.values()].map((lane) => lane.done));
    },
    async idle() {
      while (lanes.size > 0) await Promise.all([...lanes.values()].map((lane) => lane.done));
    },
  };
}

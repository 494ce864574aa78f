import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Account, ChannelContext, Parsed, StreamSink } from '../../src/contract/channel.ts';
import { openClient } from './client.ts';
import type { TelegramConfig } from './config.ts';
import { connectionOf, isWebhookConflict, refusedBy } from './outcome.ts';
import { parseUpdate } from './parse.ts';
import { ALLOWED_UPDATES } from './update.ts';

/** How long Telegram may hold an empty answer; it allows 50 s. */
const HOLD_SECONDS = 30;
const HOLD_TIMEOUT_MS = (HOLD_SECONDS + 15) * 1000;
/** A server that answers "nothing" at once is not asked more often than this. */
const SHORTEST_TURN_MS = 300;
const LONGEST_PAUSE_MS = 30_000;

const updates = z.array(z.unknown());
const numbered = z.object({ update_id: z.number().int() });

function parseAll(batch: readonly unknown[], now: Date): Required<Parsed> {
  const all: Required<Parsed> = { events: [], odd: [] };
  for (const update of batch) {
    try {
      const { events, odd = [] } = parseUpdate(update, now);
      all.events.push(...events);
      all.odd.push(...odd);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'The update could not be read.';
      all.odd.push({ reason, raw: JSON.stringify(update) ?? '' });
    }
  }
  return all;
}

/** The pause ends early when the stream does. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/**
 * Long polling: https://core.telegram.org/bots/api#getupdates. Telegram keeps what is not
 * confirmed, and a confirmation is the next call's offset, made only after everything was stored.
 * So no offset of ours has to survive a restart: what comes again is a duplicate.
 */
export async function poll(
  account: Account<TelegramConfig>,
  sink: StreamSink,
  context: ChannelContext,
): Promise<void> {
  const { signal } = sink;
  const client = await openClient(account.config, context);
  let offset = 0;
  let webhookInTheWay = false;
  let connected = false;
  let failures = 0;

  const receive = async (): Promise<readonly unknown[]> => {
    if (webhookInTheWay)
      await client.call(
        'deleteWebhook',
        {},
        AbortSignal.any([signal, AbortSignal.timeout(HOLD_TIMEOUT_MS)]),
      );
    webhookInTheWay = false;
    const batch = await client.call(
      'getUpdates',
      {
        offset,
        limit: 100,
        timeout: connected ? HOLD_SECONDS : 0,
        allowed_updates: ALLOWED_UPDATES,
      },
      AbortSignal.any([signal, AbortSignal.timeout(HOLD_TIMEOUT_MS)]),
    );
    return updates.parse(batch);
  };

  const failed = async (): Promise<void> => {
    connected = false;
    failures += 1;
    await pause(Math.min(1000 * 2 ** (failures - 1), LONGEST_PAUSE_MS), signal);
  };

  while (!signal.aborted) {
    const began = Date.now();
    let batch: readonly unknown[];
    try {
      batch = await receive();
    } catch (error) {
      if (signal.aborted) return;
      const refused = refusedBy(error);
      webhookInTheWay = refused !== null && isWebhookConflict(refused);
      const connection = connectionOf(error);
      sink.report(connection);
      // A wrong token does not become right: an administrator changes it, and the stream is opened
      // anew.
      if (connection.status === 'paused') await untilAborted(signal);
      else if (refused?.retryAfterMs) await pause(refused.retryAfterMs, signal);
      else await failed();
      continue;
    }
    if (!connected) sink.report({ status: 'connected', detail: 'Listening to Telegram.' });
    connected = true;
    if (batch.length > 0) {
      try {
        await sink.accept(parseAll(batch, context.now()));
      } catch (error) {
        if (signal.aborted) return;
        const reason = error instanceof Error ? error.message : String(error);
        context.log.warn(
          { reason },
          'updates of Telegram could not be stored; they are fetched again',
        );
        sink.report({ status: 'error', detail: 'New messages could not be stored; trying again.' });
        await failed();
        continue;
      }
      for (const update of batch) {
        const read = numbered.safeParse(update);
        if (read.success) offset = Math.max(offset, read.data.update_id + 1);
      }
    } else if (Date.now() - began < SHORTEST_TURN_MS) {
      await pause(SHORTEST_TURN_MS, signal);
    }
    failures = 0;
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => {
    signal.addEventListener('abort', () => done(), { once: true });
  });
}

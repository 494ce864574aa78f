import { z } from 'zod';
import type { Connection } from '../../src/contract/channel.ts';
import type { DeliveryResult, RejectReason } from '../../src/contract/outbound.ts';
import { excerpt, fetchFailure } from '../shared/outcome.ts';
import { FOREIGN, UnreadableFile } from './client.ts';

const answered = z.object({
  name: z.literal('GrammyError'),
  error_code: z.number(),
  description: z.string(),
  parameters: z
    .object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() })
    .catch({}),
});

/**
 * Telegram's refusal: its code, its words, and what it adds for machines. Null: it was not
 * Telegram's.
 */
export interface Refused {
  code: number;
  description: string;
  retryAfterMs?: number;
  movedTo?: number;
}

/** Reads a refusal out of what grammY threw. https://core.telegram.org/bots/api#making-requests */
export function refusedBy(error: unknown): Refused | null {
  const read = error instanceof Error ? answered.safeParse({ ...error, name: error.name }) : null;
  if (!read?.success) return null;
  const { error_code: code, description, parameters } = read.data;
  return {
    code,
    description: excerpt(description),
    ...(parameters.retry_after === undefined
      ? {}
      : { retryAfterMs: parameters.retry_after * 1000 }),
    ...(parameters.migrate_to_chat_id === undefined
      ? {}
      : { movedTo: parameters.migrate_to_chat_id }),
  };
}

/**
 * Descriptions are for people and may change: compared in lower case, by piece. First match wins.
 */
const REASONS: readonly [piece: string, reason: RejectReason][] = [
  ['chat not found', 'no-such-chat'],
  ['user not found', 'no-such-chat'],
  ['peer_id_invalid', 'no-such-chat'],
  ['message thread not found', 'no-such-chat'],
  ['group chat was upgraded', 'no-such-chat'],
  ['too big', 'too-large'],
  ['too long', 'too-large'],
  ['too large', 'too-large'],
  ['voice_messages_forbidden', 'policy'],
  ['not enough rights', 'policy'],
  ['photo_invalid', 'unsupported'],
  ['image_process_failed', 'unsupported'],
  ['wrong type', 'unsupported'],
  ['wrong file', 'unsupported'],
  ["can't parse", 'unsupported'],
  ['button_', 'unsupported'],
];

const reasonFor = (description: string): RejectReason => {
  const words = description.toLowerCase();
  return REASONS.find(([piece]) => words.includes(piece))?.[1] ?? 'policy';
};

/**
 * What Telegram's refusal means for a message. Bad gateways and inner errors may come after it was
 * sent.
 */
function refusedResult({ code, description, retryAfterMs }: Refused): DeliveryResult {
  const detail = `Telegram answered ${code}: ${description}`;
  switch (code) {
    case 401:
    case 404:
      return { status: 'unauthorized', detail: notFound(description) };
    case 403:
      return { status: 'rejected', reason: 'blocked', detail };
    case 413:
      return { status: 'rejected', reason: 'too-large', detail };
    case 429:
    case 503:
      return {
        status: 'deferred',
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        scope: 'account',
        detail,
      };
    case 400:
      return { status: 'rejected', reason: reasonFor(description), detail };
    default:
      return { status: 'uncertain', detail };
  }
}

const inner = (error: unknown): unknown =>
  error instanceof Error && error.name === 'HttpError' && 'error' in error ? error.error : error;

/** How a call that threw ends a send. */
export function resultOf(error: unknown): DeliveryResult {
  const refused = refusedBy(error);
  if (refused) return refusedResult(refused);
  const cause = inner(error);
  if (cause instanceof UnreadableFile) return { status: 'deferred', detail: cause.message };
  const { written, detail } = fetchFailure(cause);
  return { status: written ? 'uncertain' : 'deferred', detail };
}

/** A wrong token and a wrong address look much alike: 401 or 404. */
const notFound = (description: string): string =>
  description.startsWith(FOREIGN)
    ? `${description} Correct the address of the Bot API server and save.`
    : 'Telegram does not accept the bot token. Copy it again from @BotFather (/token), whole, and save.';

/** Telegram does not answer polls while it has a webhook, and ends them when it gets one. */
export const isWebhookConflict = ({ code, description }: Refused): boolean =>
  code === 409 && /webhook/i.test(description);

/** What a call that threw says about the connection, in a sentence. */
export function connectionOf(error: unknown): Connection {
  const refused = refusedBy(error);
  if (!refused)
    return { status: 'error', detail: `Telegram: ${fetchFailure(inner(error)).detail}` };
  const { code, description } = refused;
  if (code === 401 || code === 404) return { status: 'paused', detail: notFound(description) };
  if (isWebhookConflict(refused))
    return {
      status: 'error',
      detail: 'A webhook was set for this bot. Openline takes it back and asks again.',
    };
  if (code === 409)
    return {
      status: 'error',
      detail:
        'Another program is receiving this bot’s messages with the same token. Stop it, or make a new token with @BotFather.',
    };
  return { status: 'error', detail: `Telegram answered ${code}: ${description}` };
}

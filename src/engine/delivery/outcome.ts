import { backoffMs } from '../../base/backoff.ts';
import type { DeliveryResult } from '../../contract/outbound.ts';
import type { DeliveryChange } from '../../domain/conversations/message.ts';

/** Waits after "certainly not sent": 2 s, 4 s … at most 10 min. */
const RETRY = { firstMs: 2_000, factor: 2, maxMs: 600_000 };
/** After so long without success a message is given up, visibly. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000;
/** As many attempts as a day of the longest waits holds. */
const MAX_ATTEMPTS = Math.ceil(GIVE_UP_AFTER_MS / RETRY.maxMs);

/** What one attempt knows. */
export interface Attempt {
  /** This attempt's number since the message was queued, from 1. */
  number: number;
  now: Date;
  /** The provider recognises our key, so sending again is harmless. */
  idempotent: boolean;
  /** In [0, 1). */
  random: number;
}

/** What a send's result means for the message. Pure. */
export function outcomeOf(result: DeliveryResult, attempt: Attempt): DeliveryChange {
  switch (result.status) {
    case 'sent':
      return {
        state: 'sent',
        detail: '',
        reason: null,
        externalIds: result.providerIds,
        sentAt: attempt.now,
      };
    case 'rejected':
      return { state: 'failed', reason: result.reason, detail: result.detail };
    case 'unauthorized':
      return { state: 'failed', reason: 'unauthorized', detail: result.detail };
    case 'deferred':
      return later(result.detail, attempt, result.retryAfterMs);
    case 'uncertain':
      return attempt.idempotent
        ? later(result.detail, attempt)
        : { state: 'uncertain', reason: 'uncertain', detail: result.detail };
  }
}

function later(detail: string, attempt: Attempt, retryAfterMs?: number): DeliveryChange {
  // "Wait 0" is no wait at all: such a provider gets the ordinary one.
  const wait = retryAfterMs || backoffMs(RETRY, attempt.number, attempt.random);
  const nextAt = new Date(attempt.now.getTime() + wait);
  if (attempt.number >= MAX_ATTEMPTS || wait > GIVE_UP_AFTER_MS) {
    return { state: 'failed', reason: 'gave-up', detail: `Given up after a day. ${detail}` };
  }
  return { state: 'queued', reason: null, detail, nextAt };
}

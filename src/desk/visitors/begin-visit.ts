import { Refusal } from '../../base/errors.ts';
import { randomKey } from '../../base/ids.ts';
import type { VisitorRecord } from '../../domain/integration/records.ts';
import type { Desk } from '../desk.ts';
import { digest } from '../people/keys.ts';
import { REMEMBERED_MS } from './visitor.ts';
import { consentText } from './widget.ts';
import type { Widget } from './widget.ts';

const HOUR_MS = 3600_000;
/** An office behind one address may have many visitors; a script has thousands. */
const NEW_VISITORS_PER_HOUR = 60;

/** Who a new browser belongs to. */
export interface NewVisitor {
  /** The visitor id: a known one for signed visitors. Default: a new one. */
  chat?: string;
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  language: string | null;
  proof: VisitorRecord['proof'];
  consented: boolean;
  /** Where the browser is, for the limit. */
  address: string;
}

/**
 * Makes a browser known. The token is opaque, given out once, and kept only as a hash.
 * Refuses with `too_many` beyond 60 an hour from one address.
 */
export async function beginVisit(
  desk: Desk,
  widget: Widget,
  visitor: NewVisitor,
): Promise<{ token: string; record: VisitorRecord }> {
  const now = desk.clock.now();
  const made = await desk.stores.throttle.hit(`visitors:${digest(visitor.address)}`, HOUR_MS, now);
  if (made > NEW_VISITORS_PER_HOUR)
    throw new Refusal('too_many', 'Too many new visitors came from this address.', {
      facts: { retryAfterSeconds: HOUR_MS / 1000 },
    });
  const token = randomKey(32);
  const consent = consentText(widget.appearance);
  const record = await desk.stores.visitors.create({
    id: `${visitor.chat ?? `v_${randomKey(15)}`}.${randomKey(6)}`,
    accountId: widget.account.record.id,
    keyHash: digest(token),
    name: visitor.name ?? null,
    email: visitor.email ?? null,
    phone: visitor.phone ?? null,
    language: visitor.language,
    proof: visitor.proof,
    consent: visitor.consented && consent ? { text: consent, at: now } : null,
    expiresAt: new Date(now.getTime() + REMEMBERED_MS),
  });
  return { token, record };
}

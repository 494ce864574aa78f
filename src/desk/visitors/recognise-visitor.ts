import type { VisitorRecord } from '../../domain/integration/records.ts';
import type { Desk } from '../desk.ts';
import { digest } from '../people/keys.ts';
import { REMEMBERED_MS } from './visitor.ts';
import type { Widget } from './widget.ts';

const DAY_MS = 24 * 3600_000;

/**
 * The browser a token was given to, at this widget; null for anything else. Being seen moves the end of its time on,
 * at most once a day.
 */
export async function recogniseVisitor(
  desk: Desk,
  widget: Widget,
  token: string,
): Promise<VisitorRecord | null> {
  const record = await desk.stores.visitors.byKeyHash(digest(token));
  const now = desk.clock.now();
  if (!record || record.accountId !== widget.account.record.id || record.expiresAt <= now)
    return null;
  const expiresAt = new Date(now.getTime() + REMEMBERED_MS);
  if (expiresAt.getTime() - record.expiresAt.getTime() < DAY_MS) return record;
  return (await desk.stores.visitors.change(record.id, { expiresAt })) ?? record;
}

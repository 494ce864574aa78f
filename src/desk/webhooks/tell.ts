import type { DomainEvent } from '../../domain/events/events.ts';
import type { WebhookTarget } from '../../domain/integration/records.ts';
import type { Desk } from '../desk.ts';
import { outgoingBody, outgoingName, outgoingOf } from './outgoing-events.ts';

/** Whether an address wants to hear of this. */
const wants = (
  { active, events }: Pick<WebhookTarget, 'active' | 'events'>,
  name: string,
): boolean => active && (events.length === 0 || events.includes(name));

/** Queues what happened for every address that wants it and was not told; answers whether there was anything to queue. */
export async function tell(
  desk: Desk,
  event: DomainEvent,
  targets: readonly WebhookTarget[],
): Promise<boolean> {
  const name = outgoingName(event);
  const wanting = name ? targets.filter((target) => wants(target, name)) : [];
  if (!name || wanting.length === 0) return false;
  const outgoing = await outgoingOf(desk, event);
  if (!outgoing) return false;
  const now = desk.clock.now();
  const body = outgoingBody(name, now, outgoing.data);
  await desk.stores.webhooks.enqueue(
    wanting.map(({ id }) => ({
      targetId: id,
      event: name,
      key: outgoing.key,
      body,
      state: 'queued' as const,
      createdAt: now,
      nextAt: now,
    })),
  );
  return true;
}

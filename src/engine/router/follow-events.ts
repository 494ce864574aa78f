import type { DomainEvent } from '../../domain/events/events.ts';
import type { RouterParts } from './queue.ts';
import type { Roster } from './roster.ts';
import type { Router } from './router.ts';

/** Looks at the lines that something changed for: an arrival, presence, a place that became free, a setting. */
export function followEvents(
  { stores, bus }: Pick<RouterParts, 'stores' | 'bus'>,
  roster: Roster,
  consider: Router['consider'],
): () => void {
  /** Talk → to whom alone it is offered: their place is free again when somebody else takes or closes it. */
  const offeredTo = new Map<string, string>();
  const offerOver = (conversationId: string): Promise<void> | undefined => {
    const operatorId = offeredTo.get(conversationId);
    offeredTo.delete(conversationId);
    return operatorId === undefined ? undefined : changed(operatorId);
  };
  /** What somebody holds, or whether they are there, has changed. */
  const changed = async (userId: string): Promise<void> => {
    roster.forget(userId);
    for (const line of await stores.lines.ofMember(userId)) consider(line.id);
  };
  const freed = (before: string | null): Promise<void> | undefined =>
    before === null ? undefined : changed(before);

  const awake = async ({ conversation }: DomainEvent & { type: 'message.appended' }) => {
    const { session } = conversation;
    // The customer wrote, and the append has ended the snooze: what is left is to say so.
    if (session.timer?.kind !== 'snooze' || session.snoozedUntil !== null) return;
    const woken = await stores.queue.wake(conversation.id, { sessionId: session.id });
    if (!woken) return;
    bus.publish({ type: 'conversation.changed', conversation: woken });
    consider(conversation.lineId, conversation.id);
  };

  const stops = [
    bus.on('session.opened', ({ conversation }) => consider(conversation.lineId, conversation.id)),
    bus.on('session.released', async ({ conversation, before }) => {
      consider(conversation.lineId, conversation.id);
      await offerOver(conversation.id);
      await freed(before);
    }),
    bus.on('line.changed', ({ lineId }) => {
      roster.forgetLines();
      consider(lineId);
    }),
    bus.on('presence.changed', ({ userId }) => changed(userId)),
    bus.on('user.changed', ({ userId }) => changed(userId)),
    bus.on('session.offered', ({ conversation, operatorIds }) => {
      const [operatorId] = operatorIds;
      if (operatorId !== undefined) offeredTo.set(conversation.id, operatorId);
    }),
    // The timer that wakes it may be the next one; in its line, or with its owner, a place is free.
    bus.on('session.snoozed', async ({ conversation }) => {
      consider(conversation.lineId);
      await offerOver(conversation.id);
      await freed(conversation.session.ownerId);
    }),
    bus.on('session.closed', async ({ conversation, before }) => {
      await offerOver(conversation.id);
      await freed(before);
    }),
    bus.on('session.assigned', async ({ conversation, before, by }) => {
      const { ownerId } = conversation.session;
      if (ownerId !== null && by.kind !== 'system') roster.forget(ownerId);
      await offerOver(conversation.id);
      await freed(before);
    }),
    bus.on('message.appended', (event) => {
      const { message, conversation } = event;
      if (message.direction === 'in') {
        if (conversation.session.ownerId) roster.forget(conversation.session.ownerId);
        return awake(event);
      }
      // An answer frees a place where only those count who wait for one.
      if (message.direction === 'out' && message.author.kind === 'user')
        return answered(conversation.session.ownerId, conversation.lineId);
    }),
  ];
  const answered = async (ownerId: string | null, lineId: string): Promise<void> => {
    if (ownerId === null) return;
    const line = await stores.lines.get(lineId);
    if (line?.counts === 'awaiting') await changed(ownerId);
  };
  return () => {
    for (const stop of stops) stop();
  };
}

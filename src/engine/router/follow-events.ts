import type { DomainEvent } from '../../domain/events/events.ts';
import type { RouterParts } from './queue.ts';
import type { ForRoles } from './for-roles.ts';
import type { Roster } from './roster.ts';
import type { Router } from './router.ts';

/** Looks at the lines that something changed for: an arrival, presence, a place that became free, a setting. */
export function followEvents(
  { stores, bus }: Pick<RouterParts, 'stores' | 'bus'>,
  roster: Roster,
  { consider, arm, forRoles }: { consider: Router['consider']; arm(): void; forRoles: ForRoles },
): { stop(): void; idle(): Promise<void> } {
  /** Look-ups under way. */
  const pending = new Set<Promise<void>>();
  const track = (work: Promise<void>): Promise<void> => {
    pending.add(work);
    const done = (): void => void pending.delete(work);
    work.then(done, done);
    return work;
  };
  /** What somebody holds, or whether they are there, has changed. */
  const look = async (userId: string): Promise<void> => {
    // At once, if they are known: all that happened is then looked at in one pass.
    for (const line of roster.knownLinesOf(userId) ?? (await roster.linesOf(userId)))
      consider(line.id);
    for (const lineId of forRoles.lines()) consider(lineId);
  };
  const changed = (userId: string): Promise<void> => {
    roster.forget(userId);
    return track(look(userId));
  };
  /** Who had a talk, or was offered it alone, has a place again. */
  const freed = async (conversationId: string, before: string | null): Promise<void> => {
    const people = new Set([before, roster.offeredTo(conversationId) ?? null]);
    await Promise.all([...people].map((id) => (id === null ? null : changed(id))));
  };

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
    bus.on('session.released', ({ conversation, before }) => {
      forRoles.note(conversation);
      consider(conversation.lineId, conversation.id);
      return freed(conversation.id, before);
    }),
    bus.on('line.changed', ({ lineId }) => {
      roster.forgetLines();
      consider(lineId);
    }),
    bus.on('presence.changed', ({ userId }) => changed(userId)),
    bus.on('user.changed', ({ userId }) => changed(userId)),
    // The timer that wakes it may be the next one; in its line, or with its owner, a place is free.
    bus.on('session.snoozed', ({ conversation }) => {
      arm();
      consider(conversation.lineId);
      return freed(conversation.id, conversation.session.ownerId);
    }),
    bus.on('session.closed', ({ conversation, before }) => freed(conversation.id, before)),
    bus.on('session.assigned', ({ conversation, before, by }) => {
      const { ownerId } = conversation.session;
      if (ownerId !== null && by.kind !== 'system') roster.forget(ownerId);
      return freed(conversation.id, before);
    }),
    bus.on('message.appended', (event) => {
      const { message, conversation } = event;
      if (message.direction === 'in') {
        if (conversation.session.ownerId) roster.forget(conversation.session.ownerId);
        return track(awake(event));
      }
      // An answer frees a place where only those count who wait for one.
      if (message.direction === 'out' && message.author.kind === 'user')
        return track(answered(conversation.session.ownerId, conversation.lineId));
    }),
  ];
  const answered = async (ownerId: string | null, lineId: string): Promise<void> => {
    if (ownerId === null) return;
    const line = await roster.line(lineId);
    if (line?.counts === 'awaiting') await changed(ownerId);
  };
  return {
    stop() {
      for (const stop of stops) stop();
    },
    async idle() {
      while (pending.size > 0) await Promise.allSettled(pending);
    },
  };
}

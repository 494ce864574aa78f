import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import { changeOf, writeDown } from '../../domain/conversations/record-event.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { actableTalk, actorOf } from './access.ts';

/** As far as a calendar of people reaches. */
const FURTHEST_MS = 366 * 24 * 3_600_000;

/** Puts a talk off: it is back at `until`, or when the customer writes. */
export async function snoozeTalk(
  desk: Desk,
  who: Principal,
  id: string,
  until: Date,
): Promise<ConversationView> {
  const conversation = await actableTalk(desk, who, id, 'talk.reply', 'put this talk off');
  const { session } = conversation;
  if (session.state === 'closed') throw new Refusal('talk_closed', 'This talk is closed.');
  const ahead = until.getTime() - desk.clock.now().getTime();
  if (!(ahead > 0))
    throw new Refusal('rule_broken', 'Give a time that is still to come.', { field: 'until' });
  if (ahead > FURTHEST_MS)
    throw new Refusal('rule_broken', 'Give a time within a year.', { field: 'until' });
  const change = changeOf(desk, conversation, {
    kind: 'snoozed',
    text: `${who.user.name} put the talk off until ${inZone(until, who.user.timeZone)}.`,
    by: actorOf(who),
    before: { snoozedUntil: session.snoozedUntil },
    after: { snoozedUntil: until },
    tells: { type: 'session.snoozed' },
  });
  const snoozed = await desk.stores.queue.snooze(id, { sessionId: session.id }, until, change);
  if (!snoozed) throw new Refusal('conflict', 'This talk changed meanwhile.');
  return conversationView(desk, await writeDown(desk, snoozed, change));
}

const inZone = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(
    at,
  );

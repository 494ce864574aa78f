import type { Conversation, SessionTimer } from '../../domain/conversations/conversation.ts';
import { SYSTEM } from '../../domain/events/events.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Excluded } from './candidates.ts';
import type { Outcome, Queue, RouterParts } from './queue.ts';
import { inWords } from './reasons.ts';
import type { Roster } from './roster.ts';
import type { Router } from './router.ts';

/** What acting on a timer needs of the router. */
interface Acting {
  queue: Queue;
  roster: Roster;
  consider: Router['consider'];
  /** Who can get a talk of a line now. */
  free(line: Line): Promise<string[]>;
  /** Who can have a talk instead of its owner, with a place held. */
  another(
    talk: Conversation,
    line: Line,
  ): Promise<Outcome | { operatorId: null; excluded: Excluded[] }>;
}

type Act = (parts: RouterParts, talk: Conversation, acting: Acting) => Promise<boolean>;

/** An offer nobody took: its operator had their turn. */
const endOffer: Act = async ({ stores, bus }, talk, { queue, roster, free }) => {
  const { id: sessionId, offer } = talk.session;
  if (!offer) return false;
  const { operatorId } = offer;
  const line = await roster.line(talk.lineId);
  const tried = operatorId ? [operatorId] : line ? await free(line) : [];
  const over = await stores.queue.endOffer(talk.id, { sessionId, until: offer.until }, tried);
  if (!over) return true;
  const ms = offer.until.getTime() - offer.at.getTime();
  const name = operatorId ? roster.users.get(operatorId)?.name : 'Nobody';
  const who = name ?? (operatorId && (await stores.users.get(operatorId))?.name) ?? 'An operator';
  const why = operatorId
    ? `Did not take it within ${inWords(ms)}.`
    : `Nobody took it within ${inWords(ms)}.`;
  const text = operatorId ? `${who} did not take the talk within ${inWords(ms)}.` : why;
  const [conversation] = await Promise.all([
    queue.tell(over, {
      kind: 'offer-ended',
      text,
      before: { place: 'offered', operatorId },
      after: { place: 'ready' },
      why,
    }),
    queue.note(over, { act: 'skip', operatorId, why, excluded: [] }),
  ]);
  // Whom it was offered to has a place again, on other lines too.
  bus.publish({ type: 'session.released', conversation, before: operatorId, by: SYSTEM, why });
  return true;
};

/** An owner the router chose has not answered: the next one has it, if there is one. */
const passOn: Act = async (_parts, talk, { queue, roster, another }) => {
  const { ownerId, ownedAt, answeredAt, awaitsAnswer, state } = talk.session;
  const line = await roster.line(talk.lineId);
  const answered =
    !awaitsAnswer || (answeredAt !== null && ownedAt !== null && answeredAt >= ownedAt);
  if (state !== 'open' || !ownerId || !line || answered) return false;
  const next = await another(talk, line);
  return next.operatorId === null
    ? queue.keep(talk, line, next.excluded)
    : queue.passOn(talk, line, next);
};

/** Everybody can be asked again. */
const beginRound: Act = async ({ stores }, talk, { consider }) => {
  const begun = await stores.queue.beginRound(talk.id, { sessionId: talk.session.id });
  if (!begun) return false;
  consider(talk.lineId, talk.id);
  return true;
};

/** A talk that was put off is on the table again. */
const wake: Act = async ({ stores, bus }, talk, { queue, consider }) => {
  const { id: sessionId, ownerId, snoozedUntil } = talk.session;
  const woken = await stores.queue.wake(talk.id, { sessionId });
  if (!woken) return false;
  if (snoozedUntil === null) return true;
  await queue.tell(woken, {
    kind: 'woken',
    text: 'The talk is back: its time has come.',
    before: { snoozedUntil },
    after: { snoozedUntil: null },
  });
  if (ownerId)
    bus.publish({
      type: 'alert',
      audience: { userIds: [ownerId] },
      tone: 'plain',
      title: `${talk.contactName} is back`,
      text: 'You put this talk off until now.',
      conversationId: talk.id,
    });
  consider(talk.lineId, talk.id);
  return true;
};

const ACTS: Record<SessionTimer['kind'], Act> = {
  offer: endOffer,
  answer: passOn,
  rest: beginRound,
  snooze: wake,
};

/** Whether acting on it chooses somebody: such acts go one after another. */
export const chooses = ({ session }: Conversation): boolean => session.timer?.kind === 'answer';

/** Does what a due timer is for. One that has nothing to do any more is taken away. */
export async function actOnTimer(
  parts: RouterParts,
  talk: Conversation,
  acting: Acting,
): Promise<void> {
  const { id: sessionId, timer } = talk.session;
  if (!timer || (await ACTS[timer.kind](parts, talk, acting))) return;
  await parts.stores.queue.clearTimer(talk.id, { sessionId, at: timer.at });
}

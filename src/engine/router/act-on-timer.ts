import type { Conversation, SessionTimer } from '../../domain/conversations/conversation.ts';
import { changeOf, writeDown } from '../../domain/conversations/record-event.ts';
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
const endOffer: Act = async (parts, talk, { roster, free }) => {
  const { stores } = parts;
  const { id: sessionId, offer } = talk.session;
  if (!offer) return false;
  const { operatorId } = offer;
  const line = await roster.line(talk.lineId);
  const tried = operatorId ? [operatorId] : line ? await free(line) : [];
  const ms = offer.until.getTime() - offer.at.getTime();
  const name = operatorId ? roster.users.get(operatorId)?.name : 'Nobody';
  const who = name ?? (operatorId && (await stores.users.get(operatorId))?.name) ?? 'An operator';
  const why = operatorId
    ? `Did not take it within ${inWords(ms)}.`
    : `Nobody took it within ${inWords(ms)}.`;
  const text = operatorId ? `${who} did not take the talk within ${inWords(ms)}.` : why;
  const change = changeOf(
    parts,
    talk,
    {
      kind: 'offer-ended',
      text,
      by: SYSTEM,
      before: { place: 'offered', operatorId },
      after: { place: 'ready' },
      why,
      // Whom it was offered to has a place again, on other lines too.
      tells: { type: 'session.released', before: operatorId },
    },
    [{ act: 'skip', operatorId, why, excluded: [] }],
  );
  const seen = { sessionId, until: offer.until };
  const over = await stores.queue.endOffer(talk.id, seen, tried, change);
  if (over) await writeDown(parts, over, change);
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
const wake: Act = async (parts, talk, { consider }) => {
  const { stores, bus } = parts;
  const { id: sessionId, ownerId, snoozedUntil } = talk.session;
  const change =
    snoozedUntil === null
      ? undefined
      : changeOf(parts, talk, {
          kind: 'woken',
          text: 'The talk is back: its time has come.',
          by: SYSTEM,
          before: { snoozedUntil },
          after: { snoozedUntil: null },
        });
  const woken = await stores.queue.wake(talk.id, { sessionId }, change);
  if (!woken) return false;
  if (!change) return true;
  await writeDown(parts, woken, change);
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

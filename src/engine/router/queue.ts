import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Conversation, Offer } from '../../domain/conversations/conversation.ts';
import type { SessionChange, Unwritten, Verdict } from '../../domain/conversations/change.ts';
import { changeOf, writeDown } from '../../domain/conversations/record-event.ts';
import type { Bus } from '../../domain/events/bus.ts';
import { SYSTEM } from '../../domain/events/events.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Stores } from '../../domain/stores.ts';
import type { Excluded } from './candidates.ts';
import { inWords } from './reasons.ts';
import type { Waiting } from './reasons.ts';
import type { PlaceHeld, Roster } from './roster.ts';

/** What the router needs. */
export interface RouterParts {
  stores: Pick<
    Stores,
    | 'contacts'
    | 'conversations'
    | 'decisions'
    | 'lines'
    | 'messages'
    | 'queue'
    | 'seats'
    | 'timeline'
    | 'users'
  >;
  bus: Bus;
  clock: Clock;
  log: Log;
}

/** A decision about one talk. */
export interface Outcome {
  operatorId: string;
  /** Where the talk goes; released by whoever gives it. */
  place: PlaceHeld;
  why: string;
  excluded: Excluded[];
}

/**
 * The acts of the router on one talk: the conditional write, then the decision with its reason, the event in the talk,
 * and what the bus is told. Each answers whether the write passed, as soon as it has: the rest goes on beside the next
 * act, and `settled` waits for it.
 */
export interface Queue {
  assign(conversation: Conversation, line: Line, outcome: Outcome): Promise<boolean>;
  /** Takes it from an owner who has not answered. */
  passOn(conversation: Conversation, line: Line, outcome: Outcome): Promise<boolean>;
  offer(conversation: Conversation, line: Line, outcome: Outcome): Promise<boolean>;
  offerToAll(
    conversation: Conversation,
    line: Line,
    outcome: Pick<Outcome, 'why' | 'excluded'>,
  ): Promise<boolean>;
  endRound(conversation: Conversation, line: Line, excluded: Excluded[]): Promise<boolean>;
  /** The owner keeps a talk that is not answered, since nobody else can have it. */
  keep(conversation: Conversation, line: Line, excluded: Excluded[]): Promise<boolean>;
  wait(
    conversation: Conversation,
    line: Line,
    waiting: Waiting,
    excluded: Excluded[],
  ): Promise<void>;
  /** Lets work that follows a write go on beside the next act. */
  trail(work: Promise<unknown>): void;
  /** Resolves when all of it has ended; throws what failed first. Answers whether there was any. */
  settled(): Promise<boolean>;
}

/** Nobody is asked again sooner than this, nor, however many rounds there were, later. */
const LONGEST_REST_MS = 3_600_000;

/** Binds the acts. */
export function createQueue(parts: RouterParts, roster: Roster): Queue {
  const { stores, bus, clock } = parts;
  const nameOf = (id: string): string => roster.users.get(id)?.name ?? 'An operator';
  const after = (ms: number): Date => new Date(clock.now().getTime() + ms);
  const offerMs = (line: Line): number => line.offerSeconds * 1000;
  const restMs = (line: Line, rounds: number): number =>
    Math.max(offerMs(line), Math.min(offerMs(line) * 2 ** Math.min(rounds, 10), LONGEST_REST_MS));

  /** What one of these acts leaves behind. */
  const leaves = (
    conversation: Conversation,
    change: Omit<SessionChange, 'by'>,
    ...decisions: Verdict[]
  ): Unwritten => changeOf(parts, conversation, { ...change, by: SYSTEM }, decisions);

  let trailing: Promise<unknown>[] = [];
  const trail: Queue['trail'] = (work) => {
    // Whoever waits for it hears of a failure; until then it is not one that nobody hears.
    work.catch(() => {});
    trailing.push(work);
  };

  const owning = (
    conversation: Conversation,
    line: Line,
    { operatorId, why, excluded }: Outcome,
    before: string | null,
  ): Unwritten => {
    const late = `Did not answer within ${inWords(offerMs(line))}.`;
    return leaves(
      conversation,
      {
        kind: 'assigned',
        text: before
          ? `${nameOf(before)} did not answer within ${inWords(offerMs(line))}: ${nameOf(operatorId)} has the talk.`
          : `${nameOf(operatorId)} has the talk.`,
        before: { ownerId: before },
        after: { ownerId: operatorId },
        why,
        tells: { type: 'session.assigned', before },
      },
      ...(before ? [{ act: 'skip' as const, operatorId: before, why: late, excluded: [] }] : []),
      { act: 'assign', operatorId, why, excluded },
    );
  };
  const owned = async (
    claimed: Conversation,
    line: Line,
    { operatorId, place }: Outcome,
    before: string | null,
    change: Unwritten,
  ): Promise<void> => {
    const at = clock.now();
    roster.given(operatorId, line, at, claimed.id, 'awaiting');
    if (before) roster.forget(before);
    await Promise.all([
      writeDown(parts, claimed, change),
      place.release(),
      stores.lines.recordTurn(line.id, operatorId, at),
    ]);
  };
  const alert = (conversation: Conversation, title: string, text: string): void =>
    bus.publish({
      type: 'alert',
      audience: 'supervisors',
      tone: 'warn',
      title,
      text,
      conversationId: conversation.id,
    });
  /** Supervisors hear of the first round that nobody took. */
  const unanswered = (conversation: Conversation, text: string): void => {
    if (conversation.session.rounds === 1)
      alert(conversation, `${conversation.contactName} waits for an answer`, text);
  };
  const offered = async (
    conversation: Conversation,
    line: Line,
    { why, excluded }: Pick<Outcome, 'why' | 'excluded'>,
    operatorId: string | null,
    place?: PlaceHeld,
  ): Promise<boolean> => {
    const until = after(offerMs(line));
    const guest = operatorId && !line.members.includes(operatorId) ? operatorId : undefined;
    const { session } = conversation;
    const operatorIds = operatorId ? [operatorId] : [];
    const change = leaves(
      conversation,
      {
        kind: 'offered',
        text: operatorId
          ? `The talk is offered to ${nameOf(operatorId)} for ${inWords(offerMs(line))}.`
          : `The talk is offered to everybody who is free for ${inWords(offerMs(line))}.`,
        before: { place: session.place },
        after: { place: 'offered', operatorId, until },
        why,
        tells: { type: 'session.offered', operatorIds, until },
      },
      { act: 'offer', operatorId, why, excluded },
    );
    const offer = { operatorId, at: clock.now(), until, why };
    const seen = { sessionId: session.id };
    const passed = await stores.queue.offer(conversation.id, seen, offer, guest, change);
    if (!passed) {
      trail(place?.release() ?? Promise.resolve());
      return false;
    }
    if (operatorId) roster.given(operatorId, line, clock.now(), conversation.id, 'offered');
    trail(afterOffer(passed, line, offer, place, change));
    return true;
  };
  const afterOffer = async (
    passed: Conversation,
    line: Line,
    { operatorId, until }: Offer,
    place: PlaceHeld | undefined,
    change: Unwritten,
  ): Promise<void> => {
    await Promise.all([
      writeDown(parts, passed, change),
      place?.release(),
      operatorId ? stores.lines.recordTurn(line.id, operatorId, clock.now()) : null,
    ]);
    if (operatorId)
      bus.publish({
        type: 'alert',
        audience: { userIds: [operatorId] },
        tone: 'plain',
        title: `${passed.contactName} is offered to you`,
        text: `Take or skip the talk within ${inWords(offerMs(line))}.`,
        conversationId: passed.id,
        until,
      });
  };

  return {
    trail,
    async settled() {
      const works = trailing;
      trailing = [];
      const ends = await Promise.allSettled(works);
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
      return works.length > 0;
    },
    async assign(conversation, line, outcome) {
      const change = owning(conversation, line, outcome, null);
      const claimed = await stores.conversations.claim(
        conversation.id,
        { sessionId: conversation.session.id, ownerId: null },
        outcome.operatorId,
        clock.now(),
        outcome.why,
        { answerBy: after(offerMs(line)) },
        change,
      );
      trail(claimed ? owned(claimed, line, outcome, null, change) : outcome.place.release());
      return claimed !== null;
    },

    async passOn(conversation, line, outcome) {
      const { id, ownerId, ownedAt } = conversation.session;
      if (!ownerId || !ownedAt) return false;
      const change = owning(conversation, line, outcome, ownerId);
      const claimed = await stores.conversations.claim(
        conversation.id,
        { sessionId: id, ownerId },
        outcome.operatorId,
        clock.now(),
        outcome.why,
        { answerBy: after(offerMs(line)), unanswered: { since: ownedAt } },
        change,
      );
      trail(claimed ? owned(claimed, line, outcome, ownerId, change) : outcome.place.release());
      return claimed !== null;
    },

    offer: (conversation, line, outcome) =>
      offered(conversation, line, outcome, outcome.operatorId, outcome.place),
    offerToAll: (conversation, line, outcome) => offered(conversation, line, outcome, null),

    async endRound(conversation, line, excluded) {
      const { session } = conversation;
      const ms = restMs(line, session.rounds);
      const why = `Everybody who is free had their turn: asked again in ${inWords(ms)}.`;
      const rounds = session.rounds + 1;
      const change = leaves(
        conversation,
        {
          kind: 'unanswered',
          text: 'Nobody has taken the talk.',
          before: { place: session.place, rounds: session.rounds },
          after: { place: 'resting', rounds },
          why,
          tells: { type: 'session.unanswered', round: rounds },
        },
        { act: 'wait', operatorId: null, why, excluded },
      );
      const seen = { sessionId: session.id };
      const resting = await stores.queue.rest(conversation.id, seen, after(ms), why, change);
      if (!resting) return false;
      const told = writeDown(parts, resting, change);
      trail(told.then((now) => unanswered(now, `Nobody on ${line.name} has taken the talk.`)));
      return true;
    },

    async keep(conversation, line, excluded) {
      const { id, ownerId, rounds } = conversation.session;
      if (!ownerId) return false;
      const until = after(restMs(line, rounds));
      const why = `${nameOf(ownerId)} has not answered yet, and nobody else can have the talk.`;
      const change = changeOf(parts, conversation, null, [
        { act: 'wait', operatorId: ownerId, why, excluded },
      ]);
      const seen = { sessionId: id, ownerId };
      const kept = await stores.queue.keep(conversation.id, seen, until, change);
      if (!kept) return false;
      const told = writeDown(parts, kept, change);
      trail(
        told.then((now) => {
          bus.publish({ type: 'session.unanswered', conversation: now, round: rounds + 1 });
          unanswered(now, why);
        }),
      );
      return true;
    },

    async wait(conversation, line, { kind, why }, excluded) {
      const { session } = conversation;
      if (session.why === why) return;
      const fresh = kind !== null && !session.alerted.includes(kind);
      const change = changeOf(parts, conversation, null, [
        { act: 'wait', operatorId: null, why, excluded },
      ]);
      const waiting = await stores.queue.wait(
        conversation.id,
        { sessionId: session.id },
        why,
        fresh ? kind : undefined,
        change,
      );
      if (!waiting) return;
      const tellPeople = (): void => {
        bus.publish({ type: 'conversation.changed', conversation: waiting });
        if (fresh) alert(waiting, `${conversation.contactName} waits on ${line.name}`, why);
      };
      trail(writeDown(parts, waiting, change).then(tellPeople));
    },
  };
}

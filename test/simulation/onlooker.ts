import type { Clock } from '../../src/base/clock.ts';
import type { Conversation, Decision } from '../../src/domain/conversations/conversation.ts';
import type { DomainEvent } from '../../src/domain/events/events.ts';
import type { Line } from '../../src/domain/lines/line.ts';
import { isOpen } from './company.ts';
import type { Operator } from './company.ts';

/** Why somebody could not have a talk, as an onlooker sees it; null: they could. */
type Bar = 'offline' | 'break' | 'full' | 'tried' | null;

/** What the reasons of the router begin with. */
const BARS: readonly [RegExp, Bar][] = [
  [/^Offline/, 'offline'],
  [/^On a break/, 'break'],
  [/^Has \d+ of at most \d+ talks/, 'full'],
  [/^Had their turn/, 'tried'],
];

/** Whom a session counts for: its owner, or whom alone it is offered to. */
export const holder = ({ state, ownerId, offer }: Conversation['session']): string | null =>
  state === 'open' ? ownerId : state === 'waiting' ? (offer?.operatorId ?? null) : null;
/** Whether somebody could be found for it. */
export const waits = ({ state, place }: Conversation['session']): boolean =>
  state === 'waiting' && (place === 'ready' || place === 'resting');

/**
 * Knows by its own books who is there, who holds what and whose turn was when, and holds every choice of the router
 * against them. It learns from what reached the database, at the moment it did.
 */
export class Onlooker {
  /** All that are not closed. */
  readonly talks = new Map<string, Conversation>();
  readonly operators: ReadonlyMap<string, Operator>;
  readonly lines: Map<string, Line>;
  /** Line and operator → when. */
  readonly turns = new Map<string, number>();
  readonly wrong: string[] = [];
  readonly counts = {
    ...{ assigned: 0, offered: 0, offeredToAll: 0, sticky: 0, passedOn: 0 },
    ...{ expired: 0, rounds: 0, alerts: 0, decisions: 0, mostWaiting: 0, mostHeld: 0 },
  };
  readonly #clock: Clock;
  /** Talk and whom it was given to → what barred each member. */
  readonly #expected = new Map<string, Map<string, Bar>>();

  constructor(clock: Clock, operators: readonly Operator[], lines: readonly Line[]) {
    this.#clock = clock;
    this.operators = new Map(operators.map((one) => [one.id, one]));
    this.lines = new Map(lines.map((one) => [one.id, one]));
  }

  /** What a process has done to the database. */
  witness(store: string, method: string, given: unknown[], answer: unknown): void {
    if (store === 'decisions' && method === 'record') this.#judgeDecision(given[0] as Decision);
    if (!isConversation(answer)) return;
    if (store === 'queue' && method === 'offer') this.#judge(answer, answer.session.offer);
    if (store === 'queue' && method === 'endOffer') this.counts.expired++;
    const routed = (given[5] as { answerBy?: Date } | undefined)?.answerBy !== undefined;
    if (store === 'conversations' && method === 'claim' && routed)
      this.#judge(answer, { operatorId: answer.session.ownerId });
    this.see(answer);
  }

  hear(event: DomainEvent): void {
    if (event.type === 'alert') this.counts.alerts++;
    if (event.type === 'session.unanswered') this.counts.rounds++;
  }

  see(conversation: Conversation): void {
    const known = this.talks.get(conversation.id);
    if (known && known.rev > conversation.rev) return;
    if (conversation.session.state === 'closed') this.talks.delete(conversation.id);
    else this.talks.set(conversation.id, conversation);
  }

  /** Whether anything is to be done now. */
  timerDue(): boolean {
    const now = this.#clock.now();
    return [...this.talks.values()].some(({ session }) => session.timer && session.timer.at <= now);
  }

  /** Who holds how many, over all and line by line; `except` a talk. */
  tally(except?: string): Map<string, number> {
    const held = new Map<string, number>();
    for (const { id, lineId, session } of this.talks.values()) {
      const operatorId = id === except ? null : holder(session);
      if (operatorId === null) continue;
      held.set(operatorId, (held.get(operatorId) ?? 0) + 1);
      const onLine = `${operatorId} ${lineId}`;
      held.set(onLine, (held.get(onLine) ?? 0) + 1);
    }
    return held;
  }

  /** What keeps somebody from a talk of a line. */
  bar(
    operatorId: string,
    line: Line,
    held: ReadonlyMap<string, number>,
    tried: readonly string[] = [],
  ): Bar {
    const operator = this.operators.get(operatorId);
    if (!operator || operator.state === 'offline') return 'offline';
    if (operator.state === 'break') return 'break';
    const { maxTalks } = operator;
    if (maxTalks !== null && (held.get(operatorId) ?? 0) >= maxTalks) return 'full';
    const most = line.maxTalksPerOperator;
    if (most !== null && (held.get(`${operatorId} ${line.id}`) ?? 0) >= most) return 'full';
    return tried.includes(operatorId) ? 'tried' : null;
  }

  #judge(given: Conversation, to: { operatorId: string | null } | null): void {
    const line = this.lines.get(given.lineId);
    const before = this.talks.get(given.id);
    if (!line || !before || !to) return void this.wrong.push(`${given.id} was not known`);
    const { session } = before;
    const held = this.tally(given.id);
    const tried = session.ownerId ? [...session.tried, session.ownerId] : session.tried;
    const bars = new Map(line.members.map((id) => [id, this.bar(id, line, held, tried)]));
    this.#expected.set(`${given.id} ${to.operatorId}`, bars);
    const free = line.members.filter((id) => bars.get(id) === null);
    if (!isOpen(line, this.#clock.now())) this.wrong.push(`${given.id} was given while closed`);
    if (to.operatorId === null) {
      this.counts.offeredToAll++;
      if (free.length === 0) this.wrong.push(`${given.id} was offered to all, but nobody is free`);
      return;
    }
    const chosen = to.operatorId;
    if (session.ownerId) this.counts.passedOn++;
    else if (given.session.state === 'open') this.counts.assigned++;
    else this.counts.offered++;
    if (bars.get(chosen) !== null)
      this.wrong.push(`${given.id} went to ${chosen}, who is barred: ${bars.get(chosen)}`);
    if (!session.ownerId) this.#judgeOrder(before, line, chosen, held);
    const expected = this.#sticky(before, line, bars) ?? this.#turnOf(line, free, held);
    if (chosen !== expected)
      this.wrong.push(`${line.queue}: ${given.id} went to ${chosen}, not to ${expected}`);
    this.turns.set(`${line.id} ${chosen}`, Number(this.#clock.now()));
  }

  /** Nobody who could have had it instead has waited longer, or waits on a line that comes first. */
  #judgeOrder(
    { id, session }: Conversation,
    line: Line,
    chosen: string,
    held: ReadonlyMap<string, number>,
  ): void {
    const since = Number(session.waitingSince);
    for (const other of this.talks.values()) {
      if (other.id === id || !waits(other.session) || other.session.tried.includes(chosen))
        continue;
      if (other.lineId === line.id) {
        if (Number(other.session.waitingSince) < since)
          this.wrong.push(`${other.id} has waited longer than ${id}`);
        continue;
      }
      const first = this.lines.get(other.lineId);
      if (!first || first.priority <= line.priority || !first.members.includes(chosen)) continue;
      if (isOpen(first, this.#clock.now()) && this.bar(chosen, first, held) === null)
        this.wrong.push(`${other.id} on ${first.name} comes before ${id} on ${line.name}`);
    }
  }

  /** Who had the customer last, if they can have them again. */
  #sticky(
    { lastOwnerId, session }: Conversation,
    line: Line,
    bars: ReadonlyMap<string, Bar>,
  ): string | undefined {
    if (line.sticky !== 'last' || session.ownerId || session.tried.length > 0 || session.rounds > 0)
      return undefined;
    if (lastOwnerId === null || bars.get(lastOwnerId) !== null) return undefined;
    this.counts.sticky++;
    return lastOwnerId;
  }

  /** Whose turn it is by the line's strategy. */
  #turnOf(
    { id, queue }: Line,
    free: readonly string[],
    held: ReadonlyMap<string, number>,
  ): string | undefined {
    const turn = (one: string): number => this.turns.get(`${id} ${one}`) ?? 0;
    const load = (one: string): number => held.get(one) ?? 0;
    if (queue === 'strictly') return free[0];
    if (queue === 'evenly') return leastOf(free, turn);
    const least = Math.min(...free.map(load));
    return leastOf(
      free.filter((one) => load(one) === least),
      turn,
    );
  }

  /** It says why, and of everybody else why not. */
  #judgeDecision({ act, conversationId, operatorId, why, excluded }: Decision): void {
    this.counts.decisions++;
    if (why.trim() === '') this.wrong.push(`${conversationId}: ${act} has no reason`);
    if (act === 'skip') return;
    const talk = this.talks.get(conversationId);
    const line = talk && this.lines.get(talk.lineId);
    if (!line) return;
    const named = new Map(excluded.map((one) => [one.operatorId, barOf(one.why)]));
    if (act === 'wait') {
      const all = line.members.every((id) => id === operatorId || named.get(id));
      if (!all && isOpen(line, this.#clock.now()))
        this.wrong.push(`${conversationId} waits, and not everybody is named: ${why}`);
      return;
    }
    const key = `${conversationId} ${operatorId}`;
    const bars = this.#expected.get(key);
    if (!bars) return void this.wrong.push(`${conversationId}: ${act} was not seen`);
    this.#expected.delete(key);
    for (const [id, bar] of bars)
      if (
        id !== operatorId &&
        bar !== (named.get(id) ?? null) &&
        !(bar && named.get(id) === 'full')
      )
        this.wrong.push(`${conversationId}: ${id} is ${bar}, the decision says ${named.get(id)}`);
  }
}

/** The first of the least. */
function leastOf(list: readonly string[], by: (one: string) => number): string | undefined {
  let [best] = list;
  for (const one of list) if (best === undefined || by(one) < by(best)) best = one;
  return best;
}

const barOf = (why: string): Bar | undefined => BARS.find(([pattern]) => pattern.test(why))?.[1];

const isConversation = (value: unknown): value is Conversation =>
  typeof value === 'object' && value !== null && 'session' in value && 'chat' in value;

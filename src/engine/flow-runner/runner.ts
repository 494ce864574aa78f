import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import { KeyedLock } from '../../base/keyed-lock.ts';
import type { Log } from '../../base/log.ts';
import type { Flow } from '../../contract/flow.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { FlowPlan } from '../../domain/conversations/flow-plan.ts';
import type { Message } from '../../domain/conversations/message.ts';
import type { Bus } from '../../domain/events/bus.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Stores } from '../../domain/stores.ts';
import { advance, holds, newPlan, nextWake, takesAfterClose } from './advance.ts';
import type { Happening } from './advance.ts';
import type { ComposedFlows } from './composed-flows.ts';
import { createEffects } from './effects.ts';
import { factsOf } from './facts.ts';

/** What the runner needs. */
export interface FlowRunnerParts {
  stores: Pick<
    Stores,
    | 'conversations'
    | 'flows'
    | 'queue'
    | 'messages'
    | 'sessions'
    | 'timeline'
    | 'decisions'
    | 'contacts'
    | 'users'
    | 'buttonTokens'
  >;
  bus: Bus;
  clock: Clock;
  log: Log;
  flows: readonly Flow[];
  composed: ComposedFlows;
  line(id: string): Promise<Line | null>;
  lineOpen(line: Line, at: Date): boolean;
  /** The talk may go to people now. */
  consider(lineId: string, conversationId: string): void;
  /** There is something to send in this conversation. */
  wakeDelivery(conversationId: string): void;
}

/** Scripted parts of talks: decides each step once, in the database, and does what it says. */
export interface FlowRunner {
  /** Before anybody hears of a new session: whether a flow keeps it from operators for now. */
  opening(conversation: Conversation): Promise<Conversation>;
  /** A customer's message of an open session is stored; the same one again changes nothing. */
  heard(conversation: Conversation, message: Message, value: string | null): Promise<void>;
  /** Whether a flow of the closed session takes what the customer says; if not, a new session opens. */
  takesAfterClose(
    conversation: Conversation,
    said: { text: string; value: string | null },
  ): Promise<boolean>;
  /** Timers that ran out, and what a crash cut off. */
  sweep(): Promise<void>;
  /** Resolves when no step is under way. */
  idle(): Promise<void>;
  /** Stops listening. */
  stop(): void;
}

const BATCH = 200;
/** Somebody else wrote a step meanwhile: looked at again, so often at most. */
const TRIES = 5;

/** Whether anything of the plan may still hear the customer. */
const listens = ({ step, runs, tasks }: FlowPlan): boolean =>
  step === 0 || tasks.length > 0 || runs.some(({ status }) => status === 'running');

/** Whether an answer of a person ends something. */
const endsByAnswer = ({ runs }: FlowPlan): boolean =>
  runs.some(({ begins, status }) => begins !== 'closed' && status !== 'ended');

/** Starts a runner over these flows; it listens for answers and closings by itself. */
export function createFlowRunner(parts: FlowRunnerParts): FlowRunner {
  const { stores, bus, clock, log, flows } = parts;
  const turns = new KeyedLock();
  const perform = createEffects(parts);
  const under = new Set<Promise<void>>();

  /** What a line does by itself; its text for closed hours is a flow that needs no setting up. */
  const wantedOf = (line: Line) => {
    const { action, text } = line.offHours;
    const says = action === 'text' && text && !line.flows.some(({ name }) => name === 'off-hours');
    return says ? [{ name: 'off-hours', config: { text } }, ...line.flows] : line.flows;
  };

  /** All that are in the code, and those of the list that are not. */
  const flowsNamed = async <T extends { name: string }>(
    wanted: readonly T[],
    read: (one: T) => Promise<Flow | null>,
  ): Promise<readonly Flow[]> => {
    const others = wanted.filter(({ name }) => !flows.some((flow) => flow.name === name));
    if (others.length === 0) return flows;
    const found = await Promise.all(others.map(read));
    return [...flows, ...found.filter((flow) => flow !== null)];
  };
  /** What a plan under way goes on with: the versions it began with. */
  const flowsOf = ({ runs }: FlowPlan): Promise<readonly Flow[]> =>
    flowsNamed(runs, ({ name, version }) => parts.composed.version(name, version));

  const begin = async (conversation: Conversation): Promise<Conversation> => {
    const line = await parts.line(conversation.lineId);
    if (!line || line.archivedAt) return conversation;
    const wanted = wantedOf(line);
    const known = await flowsNamed(wanted, ({ name }) => parts.composed.newest(name));
    const plan = newPlan(known, wanted);
    if (plan.runs.length === 0) return conversation;
    const facts = await factsOf(parts, conversation, line);
    const { id, session } = conversation;
    const held = holds(plan, { flows: known, facts });
    return (await stores.flows.begin(id, session.id, plan, held)) ?? conversation;
  };

  /** Decides a step, writes it, does it. Answers the conversation after it; null: there was nothing to decide. */
  const take = async (
    seen: Conversation,
    happeningOf: (conversation: Conversation) => Happening | null,
  ): Promise<void> => {
    let conversation: Conversation | null = seen;
    for (let tries = 0; tries < TRIES && conversation; tries++) {
      const { id, session }: Conversation = conversation;
      const plan = session.flow;
      const happening = plan && session.id === seen.session.id ? happeningOf(conversation) : null;
      const line = happening && (await parts.line(conversation.lineId));
      if (!plan || !happening || !line) return;
      const [facts, known] = await Promise.all([factsOf(parts, conversation, line), flowsOf(plan)]);
      const now = clock.now();
      const given = { flows: known, facts, now, sessionId: session.id };
      const next = advance(plan, happening, given);
      // What a crash left is done even when nothing new is decided.
      if (!next) return plan.tasks.length > 0 ? finish(conversation, plan) : undefined;
      const release = session.place === 'held' && !holds(next, given);
      const after = await stores.flows.step(id, session.id, next, release);
      if (after) {
        await finish(after, next);
        if (release) parts.consider(after.lineId, after.id);
        return;
      }
      conversation = await stores.conversations.get(id);
    }
  };

  /** Does what a step decided; each task under its key, so that doing it again is harmless. */
  const finish = async (conversation: Conversation, plan: FlowPlan): Promise<void> => {
    let now = conversation;
    for (const { key, effect } of plan.tasks) now = await perform(now, key, effect);
    const { id, session } = conversation;
    if (plan.tasks.length > 0) await stores.flows.done(id, session.id, plan.step, nextWake(plan));
    bus.publish({ type: 'conversation.changed', conversation: now });
  };

  const inTurn = (
    conversation: Conversation,
    happeningOf: (conversation: Conversation) => Happening | null,
  ): Promise<void> => {
    const work = turns.run(conversation.id, () => take(conversation, happeningOf));
    const noted = work.catch(() => {}).finally(() => under.delete(noted));
    under.add(noted);
    return work;
  };

  /** For what the bus tells: the sweep tries again. */
  const aside = (conversation: Conversation, happening: Happening): Promise<void> =>
    inTurn(conversation, () => happening).catch((error: unknown) =>
      log.error(
        { conversationId: conversation.id, error: messageOf(error) },
        'a flow could not go on',
      ),
    );

  const closed = async (conversation: Conversation): Promise<void> => {
    // Read again: the event may be older than the last step.
    const fresh = (await stores.conversations.get(conversation.id)) ?? conversation;
    if (fresh.session.id !== conversation.session.id) return;
    const planned = fresh.session.flow ? fresh : await begin(fresh);
    await aside(planned, { kind: 'closed' });
  };

  const unlisten = [
    bus.on('message.appended', ({ message, conversation }) => {
      const byPerson = message.author.kind === 'user' || message.author.kind === 'external';
      const { flow } = conversation.session;
      if (message.direction === 'out' && byPerson && flow && endsByAnswer(flow))
        void aside(conversation, { kind: 'answered' });
    }),
    bus.on('session.unanswered', ({ conversation }) => aside(conversation, { kind: 'unanswered' })),
    bus.on('session.closed', ({ conversation }) => closed(conversation)),
  ];

  return {
    opening: begin,

    async heard(conversation, message, value) {
      const { session } = conversation;
      if (session.ownerId !== null && !session.flow) return;
      const known = session.flow !== undefined || session.state === 'closed';
      const fresh = known ? conversation : await begin(conversation);
      if (!fresh.session.flow || !listens(fresh.session.flow)) return;
      await inTurn(fresh, ({ session: now }) => {
        const plan = now.flow;
        if (!plan || message.seq <= plan.seenSeq)
          return plan?.tasks.length ? { kind: 'due' } : null;
        if (now.state !== 'closed' && now.firstAnswerAt) return { kind: 'answered' };
        if (plan.step === 0) return { kind: 'opened', seq: message.seq };
        return { kind: 'said', seq: message.seq, text: message.text, value };
      });
    },

    async takesAfterClose(conversation, said) {
      const { flow } = conversation.session;
      if (!flow || !listens(flow)) return false;
      const line = await parts.line(conversation.lineId);
      if (!line) return false;
      const [facts, known] = await Promise.all([factsOf(parts, conversation, line), flowsOf(flow)]);
      return takesAfterClose(flow, said, { flows: known, facts, now: clock.now() });
    },

    async sweep() {
      for (const conversation of await stores.flows.due(clock.now(), BATCH)) {
        const answered =
          conversation.session.firstAnswerAt && conversation.session.state !== 'closed';
        void aside(conversation, answered ? { kind: 'answered' } : { kind: 'due' });
      }
    },

    async idle() {
      while (under.size > 0) await Promise.all(under);
    },

    stop() {
      for (const end of unlisten) end();
    },
  };
}

import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import { KeyedLock } from '../../base/keyed-lock.ts';
import type { Log } from '../../base/log.ts';
import type { RoutingDecision, Strategy } from '../../contract/routing.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { recordSessionChange } from '../../domain/conversations/record-event.ts';
import type { Bus } from '../../domain/events/bus.ts';
import { SYSTEM } from '../../domain/events/events.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Stores } from '../../domain/stores.ts';
import { candidatesOf } from './candidates.ts';
import type { Excluded, Load } from './candidates.ts';
import type { Router } from './router.ts';
import { allAtOnce } from './strategies/all-at-once.ts';
import { evenly } from './strategies/evenly.ts';
import { leastBusy } from './strategies/least-busy.ts';
import { strictly } from './strategies/strictly.ts';

const STRATEGIES: Record<Line['queue'], Strategy> = {
  evenly,
  strictly,
  all: allAtOnce,
  least_busy: leastBusy,
};
/** Waiting talks looked at in one pass; the next pass follows at once while there is somebody free. */
const PASS = 50;

/** What the router needs. */
export interface RouterParts {
  stores: Pick<Stores, 'conversations' | 'decisions' | 'lines' | 'users' | 'messages' | 'timeline'>;
  bus: Bus;
  clock: Clock;
  log: Log;
}

/** Facts of one pass over a line; loads and turns move along as talks are given. */
interface Pass {
  line: Line;
  users: Map<string, User>;
  loads: Map<string, Load>;
  turns: Map<string, Date>;
}

/**
 * Gives waiting talks to operators. One pass at a time over all lines of this process, since capacity spans lines;
 * the claim itself is a conditional write, so other processes and people with a mouse are safe.
 */
export function createRouter(parts: RouterParts): Router {
  const { stores, bus, clock, log } = parts;
  const passes = new KeyedLock();
  const wanted = new Set<string>();

  const consider = (lineId: string): void => {
    if (wanted.has(lineId)) return;
    wanted.add(lineId);
    void passes.run('all lines', async () => {
      wanted.delete(lineId);
      try {
        await routeLine(lineId);
      } catch (error) {
        log.error(
          { lineId, error: messageOf(error) },
          'a line could not be routed; the sweep tries again',
        );
      }
    });
  };

  const routeLine = async (lineId: string): Promise<void> => {
    const line = await stores.lines.get(lineId);
    if (!line || line.archivedAt) return;
    const waiting = await stores.conversations.waiting(lineId, PASS);
    if (waiting.length === 0) return;
    const [users, loads, turns] = await Promise.all([
      stores.users.many(line.members),
      stores.conversations.loads(line.members, lineId),
      stores.lines.turns(lineId),
    ]);
    const pass: Pass = { line, users: new Map(users.map((user) => [user.id, user])), loads, turns };
    let given = 0;
    for (const conversation of waiting) if (await routeOne(conversation, pass)) given++;
    if (given === PASS) consider(lineId);
  };

  /** Whether the talk found its operator. */
  const routeOne = async (conversation: Conversation, pass: Pass): Promise<boolean> => {
    const { candidates, excluded } = candidatesOf(pass);
    const decision: RoutingDecision =
      candidates.length === 0
        ? { act: 'wait', why: whyNobody(pass.line, excluded) }
        : STRATEGIES[pass.line.queue].pick(
            {
              conversationId: conversation.id,
              sessionId: conversation.session.id,
              lineId: pass.line.id,
              waitingSince: conversation.session.waitingSince ?? clock.now(),
              tried: conversation.session.tried,
            },
            candidates,
          );
    if (decision.act === 'assign') return assign(conversation, pass, decision, excluded);
    await keepWaiting(conversation, decision, excluded);
    return false;
  };

  const assign = async (
    conversation: Conversation,
    { line, users, loads, turns }: Pass,
    { operatorId, why }: Extract<RoutingDecision, { act: 'assign' }>,
    excluded: Excluded[],
  ): Promise<boolean> => {
    const { session } = conversation;
    const at = clock.now();
    const claimed = await stores.conversations.claim(
      conversation.id,
      { sessionId: session.id, ownerId: null },
      operatorId,
      at,
      why,
    );
    if (!claimed) return false;
    const load = loads.get(operatorId) ?? { total: 0, onLine: 0 };
    loads.set(operatorId, { total: load.total + 1, onLine: load.onLine + 1 });
    turns.set(operatorId, at);
    await Promise.all([
      stores.lines.recordTurn(line.id, operatorId, at),
      stores.decisions.record({
        at,
        conversationId: conversation.id,
        sessionId: session.id,
        act: 'assign',
        operatorId,
        why,
        excluded,
      }),
    ]);
    const { conversation: after } = await recordSessionChange(parts, claimed, {
      kind: 'assigned',
      text: `${users.get(operatorId)?.name ?? 'An operator'} has the talk.`,
      by: SYSTEM,
      before: { ownerId: null },
      after: { ownerId: operatorId },
      why,
    });
    bus.publish({ type: 'session.assigned', conversation: after, before: null, by: SYSTEM, why });
    return true;
  };

  const keepWaiting = async (
    conversation: Conversation,
    decision: Exclude<RoutingDecision, { act: 'assign' }>,
    excluded: Excluded[],
  ): Promise<void> => {
    const { session } = conversation;
    if (session.why === decision.why) return;
    await stores.decisions.record({
      at: clock.now(),
      conversationId: conversation.id,
      sessionId: session.id,
      act: decision.act,
      operatorId: null,
      why: decision.why,
      excluded,
    });
    const after = await stores.conversations.setWhy(conversation.id, session.id, decision.why);
    if (after) bus.publish({ type: 'conversation.changed', conversation: after });
  };

  const considerLinesOf = async (userId: string): Promise<void> => {
    for (const line of await stores.lines.ofMember(userId)) consider(line.id);
  };
  bus.on('session.opened', ({ conversation }) => consider(conversation.lineId));
  bus.on('line.changed', ({ lineId }) => consider(lineId));
  bus.on('presence.changed', ({ userId }) => considerLinesOf(userId));
  bus.on('user.changed', ({ userId }) => considerLinesOf(userId));
  bus.on('session.closed', ({ before }) => (before ? considerLinesOf(before) : undefined));
  bus.on('session.assigned', ({ before }) => (before ? considerLinesOf(before) : undefined));

  return {
    consider,
    async sweep() {
      for (const lineId of await stores.conversations.linesWithWaiting()) consider(lineId);
    },
    async idle() {
      do await passes.run('all lines', async () => {});
      while (wanted.size > 0);
    },
  };
}

/** Why nobody can take it, in one sentence. */
function whyNobody(line: Line, excluded: readonly Excluded[]): string {
  if (line.members.length === 0) return 'This line has no operators: add some in its settings.';
  const groups = new Map<string, number>();
  for (const { why } of excluded) {
    const group =
      why === 'Offline.'
        ? 'offline'
        : why === 'On a break.'
          ? 'on a break'
          : why.startsWith('Has ')
            ? 'at capacity'
            : 'switched off';
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return `Nobody is free: ${[...groups].map(([group, count]) => `${count} ${group}`).join(', ')}.`;
}

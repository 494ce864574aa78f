import { messageOf } from '../../base/errors.ts';
import { KeyedLock } from '../../base/keyed-lock.ts';
import type { Strategy } from '../../contract/routing.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Line } from '../../domain/lines/line.ts';
import { candidatesOf, placesLeft, reasonFull, untriedOf } from './candidates.ts';
import type { Excluded, RoutingFacts } from './candidates.ts';
import { followEvents } from './follow-events.ts';
import { createForRoles } from './for-roles.ts';
import type { Among } from './for-roles.ts';
import { openAt } from './hours.ts';
import { createQueue } from './queue.ts';
import type { Outcome, RouterParts } from './queue.ts';
import { whyClosed, whyNobody } from './reasons.ts';
import type { Waiting } from './reasons.ts';
import { createRoster } from './roster.ts';
import type { Router } from './router.ts';
import { stickyOf } from './sticky.ts';
import { allAtOnce } from './strategies/all-at-once.ts';
import { evenly } from './strategies/evenly.ts';
import { leastBusy } from './strategies/least-busy.ts';
import { strictly } from './strategies/strictly.ts';
import { actOnTimer, chooses } from './act-on-timer.ts';
import { createTimers } from './timers.ts';

const STRATEGIES: Record<Line['queue'], Strategy> = {
  evenly,
  strictly,
  all: allAtOnce,
  least_busy: leastBusy,
};
/** Waiting talks looked at in one pass; the next pass follows at once while there is somebody free. */
const PASS = 50;
/** While nobody is free, so many of the oldest are told a reason that has changed; the others keep theirs. */
const HEAD = 5;
/** What a process that died left without a decision: more than it can have had under way. */
const MOST_UNTOLD = 1_000;
/** All lines in one queue of work, since capacity spans lines. */
const ALL = 'all lines';

/** A line of one pass: what is wanted of it, and its talks. */
interface Stop {
  line: Line;
  talks: Conversation[];
  /** Whether there may be more: as many as were asked for came. */
  more: boolean;
}

/**
 * Gives waiting talks to operators. One pass at a time over all lines of this process, since capacity spans lines;
 * the claim itself is a conditional write, so other processes and people with a mouse are safe. What operators hold is
 * kept in a roster: a talk for one of hundreds costs the database the same as for one of three.
 */
export function createRouter(parts: RouterParts): Router {
  const { stores, clock, log } = parts;
  const passes = new KeyedLock();
  const roster = createRoster(stores, clock);
  const queue = createQueue(parts, roster);
  const forRoles = createForRoles(parts, roster);
  /** Lines to be looked at, with the talks that are new there. */
  let wanted = new Map<string, Set<string>>();
  let scheduled = false;
  let begun = false;

  const consider: Router['consider'] = (lineId, conversationId) => {
    const fresh = wanted.get(lineId) ?? new Set<string>();
    wanted.set(lineId, fresh);
    if (conversationId !== undefined) fresh.add(conversationId);
    if (scheduled) return;
    scheduled = true;
    void passes.run(ALL, async () => {
      scheduled = false;
      const now = wanted;
      wanted = new Map();
      try {
        try {
          await pass(now);
        } finally {
          // What it has begun is waited for, also when it fails.
          if (await queue.settled()) timers.arm();
        }
      } catch (error) {
        log.error(
          { lines: [...now.keys()], error: messageOf(error) },
          'lines could not be routed; the sweep tries again',
        );
      }
    });
  };

  const factsOf = (line: Line): RoutingFacts => ({
    line,
    users: roster.users,
    loads: new Map(line.members.map((id) => [id, roster.load(id, line)])),
    turns: roster.turns(line.id),
  });

  /** Lines of a higher priority first; those of the same, their oldest talks first. */
  const pass = async (lines: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> => {
    const found = await Promise.all([...lines.keys()].map((id) => roster.line(id)));
    const open = found.filter((line) => line !== null);
    await roster.prepare(open);
    for (const priority of new Set(open.map((line) => line.priority).sort((a, b) => b - a))) {
      const seen = new Set<string>();
      const freshOf = ({ id }: Line): ReadonlySet<string> =>
        new Set([...(lines.get(id) ?? [])].filter((talk) => !seen.has(talk)));
      for (let left = open.filter((line) => line.priority === priority); left.length > 0; ) {
        const stops = await Promise.all(left.map((line) => stopAt(line, freshOf(line))));
        const sent = await Promise.all(
          left.map(async (line) => ({ line, talks: await forRoles.waiting(line) })),
        );
        const talks = [...stops, ...sent]
          .flatMap(({ line, talks: ofLine }) => ofLine.map((talk) => ({ line, talk })))
          .filter(({ talk }) => !seen.has(talk.id))
          .sort((a, b) => age(a.talk) - age(b.talk));
        const unseen = stops.filter(
          ({ talks: ofLine, more }) => more && ofLine.some(({ id }) => !seen.has(id)),
        );
        for (const { line, talk } of talks) {
          seen.add(talk.id);
          await routeOne(talk, line);
        }
        // All that wait on these lines come before those of a lower priority, and nobody new is left without a word.
        left = unseen
          .map(({ line }) => line)
          .filter((line) => freeOf(line).places > 0 || freshOf(line).size > 0);
      }
    }
  };

  /** The talks of a line that can go on now; while there can be none, those that wait are told why. */
  const stopAt = async (line: Line, fresh: ReadonlySet<string>): Promise<Stop> => {
    const opening = openAt(line, clock.now());
    if (!opening.open) {
      timers.opens(line.id, opening.nextChange);
      await tellWaiting(line, fresh, whyClosed(line, opening.nextChange), []);
      return { line, talks: [], more: false };
    }
    const free = freeOf(line);
    if (free.places === 0) {
      await tellWaiting(line, fresh, whyNobody(line, free.excluded), free.excluded);
      return { line, talks: await stickyElsewhere(line, fresh), more: false };
    }
    const most = line.queue === 'all' ? PASS : Math.min(PASS, free.places);
    const talks = await stores.queue.ready(line.id, free.operatorIds, most);
    return { line, talks, more: talks.length === most };
  };

  /** New talks whose owner in the CRM may be free though no member of the line is. */
  const stickyElsewhere = async (
    line: Line,
    fresh: ReadonlySet<string>,
  ): Promise<Conversation[]> =>
    line.sticky === 'owner' && fresh.size > 0
      ? (await stores.conversations.many([...fresh])).filter(isOfLine)
      : [];

  const freeOf = (line: Line) => {
    const { candidates, excluded } = candidatesOf(factsOf(line));
    let places = 0;
    for (const { operatorId } of candidates) {
      const user = roster.users.get(operatorId);
      if (user) places += placesLeft(user, roster.load(operatorId, line), line.maxTalksPerOperator);
    }
    return { places, excluded, operatorIds: candidates.map(({ operatorId }) => operatorId) };
  };

  const tellWaiting = async (
    line: Line,
    fresh: ReadonlySet<string>,
    waiting: Waiting,
    excluded: Excluded[],
  ): Promise<void> => {
    const [head, news] = await Promise.all([
      stores.queue.ready(line.id, [], HEAD),
      stores.conversations.many([...fresh]),
    ]);
    const told = new Map([...head, ...news].map((talk) => [talk.id, talk]));
    await Promise.all(
      [...told.values()]
        .filter((talk) => talk.session.place === 'ready' && isOfLine(talk))
        .map((talk) => queue.wait(talk, line, waiting, excluded)),
    );
  };

  const routeOne = async (talk: Conversation, line: Line): Promise<void> => {
    const { session } = talk;
    if (session.place !== 'ready' && session.place !== 'resting') return;
    const among = await amongWhom(talk, line);
    const sticky = isOfLine(talk) ? await stickyOf(parts, roster, talk, line) : null;
    for (let attempt = 0; attempt <= among.line.members.length; attempt++) {
      const { candidates: free, excluded: unable } = candidatesOf(factsOf(among.line));
      const { candidates, excluded: had } = untriedOf(free, session.tried);
      const excluded = [...unable, ...had];
      if (sticky?.operatorId && attempt === 0) {
        if (await give(talk, line, { ...sticky, operatorId: sticky.operatorId, excluded })) return;
        continue;
      }
      if (free.length === 0) return queue.wait(talk, line, among.whyNobody(excluded), excluded);
      if (candidates.length === 0) {
        if (session.place === 'ready') await queue.endRound(talk, line, excluded);
        return;
      }
      const decision = STRATEGIES[among.line.queue].pick(
        {
          conversationId: talk.id,
          sessionId: session.id,
          lineId: line.id,
          waitingSince: session.waitingSince ?? clock.now(),
          tried: session.tried,
        },
        candidates,
      );
      const why = `${sticky ? `${sticky.why} ` : among.prefix}${decision.why}`;
      if (decision.act === 'wait') return queue.wait(talk, line, { kind: null, why }, excluded);
      if (decision.act === 'offer') {
        await queue.offerToAll(talk, line, { why, excluded });
        return;
      }
      if (await give(talk, line, { operatorId: decision.operatorId, why, excluded })) return;
    }
  };

  /** The members of its line, or the people of the role it was sent to. */
  const amongWhom = async (talk: Conversation, line: Line): Promise<Among> =>
    isOfLine(talk)
      ? { line, prefix: '', whyNobody: (excluded) => whyNobody(line, excluded) }
      : forRoles.among(talk, line);

  /** Whether it is settled: given, or somebody else was faster. No: the one chosen can not have it after all. */
  const give = async (
    talk: Conversation,
    line: Line,
    chosen: Omit<Outcome, 'place'>,
  ): Promise<boolean> => {
    const place = await roster.hold(chosen.operatorId, line, talk.id);
    if (place.status === 'refused') return false;
    const outcome = { ...chosen, place };
    if (line.assign === 'offer') await queue.offer(talk, line, outcome);
    else await queue.assign(talk, line, outcome);
    return true;
  };

  /** Who can have a talk of a line instead of its owner. */
  const another: Parameters<typeof actOnTimer>[2]['another'] = async (talk, line) => {
    await roster.prepare([line]);
    const { session } = talk;
    const among = await amongWhom(talk, line);
    const open = !isOfLine(talk) || openAt(line, clock.now()).open;
    const { candidates: free, excluded: unable } = candidatesOf(factsOf(among.line));
    const tried = [...session.tried, ...(session.ownerId ? [session.ownerId] : [])];
    let { candidates, excluded: had } = untriedOf(free, tried);
    while (open && candidates.length > 0) {
      const request = {
        ...{ conversationId: talk.id, sessionId: session.id, lineId: line.id },
        waitingSince: session.openedAt,
        tried,
      };
      const picked = STRATEGIES[among.line.queue].pick(request, candidates);
      const operatorId =
        picked.act === 'assign' ? picked.operatorId : (candidates[0]?.operatorId ?? '');
      const place = await roster.hold(operatorId, line, talk.id);
      if (place.status === 'held')
        return {
          operatorId,
          place,
          why: `${among.prefix}${picked.why}`,
          excluded: [...unable, ...had],
        };
      candidates = candidates.filter((one) => one.operatorId !== operatorId);
      had = [...had, { operatorId, why: place.why }];
    }
    return { operatorId: null, excluded: [...unable, ...had] };
  };

  const free = async (line: Line): Promise<string[]> => {
    await roster.prepare([line]);
    return freeOf(line).operatorIds;
  };

  const due = (): Promise<void> =>
    passes.run(ALL, async () => {
      for (;;) {
        const talks = await stores.queue.due(clock.now(), PASS);
        const acting = { queue, roster, another, consider, free };
        await Promise.all(
          talks.filter((talk) => !chooses(talk)).map((talk) => actOnTimer(parts, talk, acting)),
        );
        for (const talk of talks.filter(chooses)) await actOnTimer(parts, talk, acting);
        await queue.settled();
        if (talks.length < PASS) break;
      }
      timers.arm();
    });
  const timers = createTimers(parts, { due, consider });
  const events = followEvents(parts, roster, { consider, arm: timers.arm, forRoles });

  return {
    consider,
    due,
    async sweep() {
      // Not amidst a pass, which would count from nothing.
      await passes.run(ALL, async () => roster.forgetAll());
      const untold = begun ? [] : await stores.queue.untold(MOST_UNTOLD);
      // All at once, so that one pass sees what comes first.
      for (const lineId of await stores.conversations.linesWithWaiting()) consider(lineId);
      for (const { id, lineId } of untold) consider(lineId, id);
      begun = true;
      await Promise.all([due(), forRoles.look()]);
    },
    async best(lineId, operatorIds) {
      const line = await roster.line(lineId);
      if (!line) return { operatorId: null, why: 'There is no such line.' };
      await roster.prepare([line]);
      await roster.refresh(operatorIds);
      const facts = factsOf({ ...line, members: [...operatorIds] });
      const { candidates, excluded } = candidatesOf(facts);
      if (candidates.length === 0)
        return { operatorId: null, why: whyNobody({ members: [...operatorIds] }, excluded).why };
      const request = {
        ...{ conversationId: '', sessionId: '', lineId, waitingSince: clock.now(), tried: [] },
      };
      const picked = leastBusy.pick(request, candidates);
      return picked.act === 'assign' ? picked : { operatorId: null, why: picked.why };
    },
    async hold({ id, lineId }, operatorId, within) {
      const line = (await roster.line(lineId)) ?? (await stores.lines.get(lineId));
      if (!line) return { status: 'refused', why: 'There is no such line.' };
      let beyond: string | null = null;
      const place = await roster.hold(operatorId, line, id, (user, load, maxOnLine) => {
        const full = user ? reasonFull(user, load, maxOnLine) : null;
        if (!within) beyond = full;
        return within ? full : null;
      });
      return place.status === 'held' ? { ...place, beyond } : place;
    },
    async idle() {
      do {
        await events.idle();
        await passes.run(ALL, async () => {});
      } while (scheduled);
      await timers.idle();
    },
    stop() {
      events.stop();
      timers.stop();
    },
  };
}

/** Not sent to a role. */
const isOfLine = ({ session }: Conversation): boolean => !session.role;

const age = ({ session }: Conversation): number => session.waitingSince?.getTime() ?? 0;

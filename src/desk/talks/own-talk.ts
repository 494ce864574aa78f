import { Refusal } from '../../base/errors.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { changeOf, writeDown } from '../../domain/conversations/record-event.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Desk } from '../desk.ts';
import { actorOf } from './access.ts';

/**
 * How an act of a person stands to the limit of talks at once. Who takes a talk promises an answer: like the queue, they
 * keep to it. Who answers has kept the promise already, and who gives a talk to somebody has weighed it: these go over
 * the limit where they must, and the decision says so.
 */
type Limit = 'kept' | 'overridable';

/**
 * Makes `to` the owner of a talk as it was seen: one conditional write. Throws `already_taken` with who won when somebody
 * was faster; with the limit `kept`, `rule_broken` when they have no place for it. `role`: they get it as one of this
 * role. Writes the event, the timeline, the decision, and tells the bus.
 */
export async function ownTalk(
  desk: Desk,
  who: Principal,
  seen: Conversation,
  to: Pick<User, 'id' | 'name'>,
  because: string,
  { limit = 'overridable', role }: { limit?: Limit; role?: { id: string; name: string } } = {},
): Promise<Conversation> {
  const at = desk.clock.now();
  const before = seen.session.ownerId;
  const place = await desk.router.hold(seen, to.id, limit === 'kept');
  if (place.status === 'refused') throw full(who, to, place.why);
  const why =
    place.beyond === null ? because : `${because} Beyond the limit: ${lower(place.beyond)}`;
  const self = to.id === who.user.id;
  const change = changeOf(
    desk,
    seen,
    {
      kind: 'assigned',
      text: self ? `${to.name} took the talk.` : `${who.user.name} gave the talk to ${to.name}.`,
      by: actorOf(who),
      before: { ownerId: before },
      after: { ownerId: to.id },
      why,
      tells: { type: 'session.assigned', before },
    },
    [{ act: 'assign', operatorId: to.id, why, excluded: [] }],
  );
  const claimed = await desk.stores.conversations
    .claim(
      seen.id,
      { sessionId: seen.session.id, ownerId: before },
      to.id,
      at,
      why,
      role ? { role } : {},
      change,
    )
    .finally(() => place.release());
  if (!claimed) {
    const now = await desk.stores.conversations.get(seen.id);
    // The same person, twice at once: what they wanted is so.
    if (now?.session.id === seen.session.id && now.session.ownerId === to.id) return now;
    throw await lost(desk, now);
  }
  return writeDown(desk, claimed, change);
}

const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

function full(who: Principal, to: Pick<User, 'id' | 'name'>, why: string): Refusal {
  const much = why.replace(/^Has /, '');
  return new Refusal(
    'rule_broken',
    to.id === who.user.id
      ? `You have no place for another talk: ${much} Close one, hand one on, or skip what is offered to you first.`
      : `${to.name} has no place for another talk: ${much}`,
  );
}

async function lost(desk: Desk, now: Conversation | null): Promise<Refusal> {
  const ownerId = now?.session.ownerId ?? null;
  const owner = ownerId ? await desk.directory.user(ownerId) : null;
  if (now?.session.state === 'closed')
    return new Refusal('talk_closed', 'This talk was closed meanwhile.');
  return new Refusal(
    'already_taken',
    owner ? `${owner.name} has this talk already.` : 'This talk changed meanwhile.',
    {
      facts: { ownerId },
    },
  );
}

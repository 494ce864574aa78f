import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import { MERGED } from '../../domain/conversations/conversation.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import {
  changeOf,
  recordSessionChange,
  writeDown,
} from '../../domain/conversations/record-event.ts';
import { isThere } from '../../domain/operators/away.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { conversationView } from '../views/conversation.ts';
import { actableTalk, actorOf } from './access.ts';
import { closeTalk } from './close-talk.ts';

/**
 * Merges a duplicate into the talk `id`: both of one person on one kind of channel. Nothing moves: each keeps its address,
 * its messages and their numbers (ADR 12). The duplicate's session ends, and its history is shown with that of `id`.
 * Merged already: nothing happens.
 */
export async function mergeTalk(
  desk: Desk,
  who: Principal,
  id: string,
  fromId: string,
): Promise<ConversationView> {
  const { into, from } = await both(desk, who, id, fromId);
  if (from.merged?.into === id) return conversationView(desk, into);
  await checkMergeable(desk, into, from);
  const by = { id: who.user.id, name: who.user.name };
  const merged = await desk.stores.conversations.merge(fromId, {
    into: id,
    at: desk.clock.now(),
    by,
  });
  if (!merged) throw new Refusal('conflict', 'The other talk was merged meanwhile.');
  // Two merges at once must not make a chain: whoever sees one takes back their own.
  const [now, others] = await Promise.all([
    desk.stores.conversations.get(id),
    desk.stores.conversations.mergedInto(fromId),
  ]);
  if (!now || now.merged || others.length > 0) {
    await desk.stores.conversations.unmerge(fromId, id);
    throw new Refusal('conflict', 'One of these talks was merged meanwhile.');
  }
  if (merged.session.state !== 'closed') await closeTalk(desk, who, fromId, MERGED);
  return told(desk, who, now, merged, true);
}

/** Ends a merge, and with it what it ended: a session that has been closed since then goes on. */
export async function unmergeTalk(
  desk: Desk,
  who: Principal,
  id: string,
  fromId: string,
): Promise<ConversationView> {
  const { into, from } = await both(desk, who, id, fromId);
  if (from.merged?.into === id) await goOn(desk, who, from);
  const parted = await desk.stores.conversations.unmerge(fromId, id);
  if (!parted)
    throw new Refusal('rule_broken', 'The other talk is not merged into this one.', {
      field: 'from',
    });
  return told(desk, who, into, parted, false);
}

/** The session that the merge ended is with who had it, if they are there; otherwise it waits, as it did before. */
async function goOn(desk: Desk, who: Principal, { id, session, merged }: Conversation) {
  const { closedAt, outcome } = session;
  if (!merged || outcome !== MERGED || closedAt === null || closedAt < merged.at) return;
  const owner = session.ownerId ? await desk.stores.users.get(session.ownerId) : null;
  const ownerId = owner && isThere(owner) ? owner.id : null;
  const change = changeOf(
    desk,
    { session },
    {
      kind: 'reopened',
      text: `The talk goes on: ${who.user.name} parted it from the one it was merged into.`,
      by: actorOf(who),
      before: { state: 'closed', outcome },
      after: { state: ownerId ? 'open' : 'waiting', ownerId },
      tells: ownerId
        ? { type: 'session.assigned', before: null }
        : { type: 'session.opened', reopened: true },
    },
  );
  const seen = { sessionId: session.id };
  const { conversations } = desk.stores;
  const open = await conversations.goOn(id, seen, ownerId, desk.clock.now(), change);
  if (open) await writeDown(desk, open, change);
}

async function both(
  desk: Desk,
  who: Principal,
  id: string,
  fromId: string,
): Promise<{ into: Conversation; from: Conversation }> {
  if (id === fromId)
    throw new Refusal('rule_broken', 'A talk can not be merged with itself.', { field: 'from' });
  return {
    into: await actableTalk(desk, who, id, 'talk.reply', 'merge into this talk'),
    from: await actableTalk(desk, who, fromId, 'talk.close', 'merge the other talk'),
  };
}

async function checkMergeable(desk: Desk, into: Conversation, from: Conversation): Promise<void> {
  const refuse = (message: string): never => {
    throw new Refusal('rule_broken', message, { field: 'from' });
  };
  if (into.contactId !== from.contactId)
    refuse(`These are talks of two people: ${into.contactName} and ${from.contactName}.`);
  if (into.channelType !== from.channelType)
    refuse('These talks are on two kinds of channels: only those of one kind can be merged.');
  if (into.merged) refuse('This talk is merged into another one: merge into that one.');
  if (from.merged) refuse('The other talk is merged into another one: end that merge first.');
  if ((await desk.stores.conversations.mergedInto(from.id)).length > 0)
    refuse('Other talks are merged into that one: merge these into this talk one by one.');
}

/** Says it in both talks, in their timelines and in the audit log. */
async function told(
  desk: Desk,
  who: Principal,
  into: Conversation,
  from: Conversation,
  merged: boolean,
): Promise<ConversationView> {
  const channel = (await desk.directory.account(from.accountId))?.name ?? from.channelType;
  const place = `${channel}, ${from.chat}`;
  await recordAudit(
    desk,
    who,
    merged ? 'conversation.merge' : 'conversation.unmerge',
    `${merged ? 'Merged' : 'Parted'} two talks with ${into.contactName} (${place}).`,
  );
  const kind = merged ? 'merged' : 'unmerged';
  const by = actorOf(who);
  const [conversation] = await Promise.all([
    recordSessionChange(desk, into, {
      ...{ kind, by, about: from.id, after: { with: from.id, merged } },
      text: merged
        ? `${who.user.name} merged another talk into this one: ${place}.`
        : `${who.user.name} parted another talk from this one: ${place}.`,
    }),
    recordSessionChange(desk, await latest(desk, from), {
      ...{ kind, by, about: into.id, after: { with: into.id, merged } },
      text: merged
        ? `${who.user.name} merged this talk into another one of ${into.contactName}.`
        : `${who.user.name} parted this talk from the one it was merged into.`,
    }),
  ]);
  return conversationView(desk, conversation);
}

/** As it stands now: closing it has added an event. */
const latest = async (desk: Desk, talk: Conversation): Promise<Conversation> =>
  (await desk.stores.conversations.get(talk.id)) ?? talk;

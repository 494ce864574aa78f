import type { ConversationFilter, Visibility } from '../../domain/conversations/conversation.ts';
import type { TalkState } from '../../contract/wire.ts';
import { ref, refs } from './documents.ts';
import type { Doc } from './documents.ts';
import { searchFilter } from './search-keys.ts';
import type { Order } from './pages.ts';

/** Newest activity first. */
export const BY_ACTIVITY: Order = { field: 'activeAt', direction: -1 };

const STATES: readonly TalkState[] = ['waiting', 'open', 'closed'];

/**
 * The filters of which a listed conversation passes one. Each is served, in order, by one index whose first fields it
 * names: (line, state, activity), (owner, state, activity), (account, state, activity), (tag, state, activity) or (state, activity). Without a
 * state there is one branch per state: three short reads are cheaper than another index on every change of activity.
 */
export function listBranches(filter: ConversationFilter, visibility: Visibility): Doc[] {
  const wanted: Doc = {};
  if (filter.lineId !== undefined) wanted.lineId = ref(filter.lineId);
  if (filter.accountId !== undefined) wanted.accountId = ref(filter.accountId);
  // The second as the index of tags is written.
  if (filter.tag !== undefined)
    Object.assign(wanted, { tags: filter.tag, 'tags.0': { $exists: true } });
  if (filter.contactId !== undefined) wanted.contactId = ref(filter.contactId);
  const found = filter.q === undefined ? null : searchFilter(filter.q, 'searchKeys');
  if (found) Object.assign(wanted, found);

  // What a search or one contact gives is few: one read, with what may be seen as a condition on it.
  if (found || filter.contactId !== undefined) {
    if (filter.state) wanted['session.state'] = filter.state;
    if (filter.ownerIds) wanted['session.ownerId'] = { $in: refs(filter.ownerIds) };
    const seen = seenCondition(filter, visibility);
    return [seen ? { $and: [wanted, seen] } : wanted];
  }
  const states = filter.state ? [filter.state] : STATES;
  const owned = filter.ownerIds?.map((id) => ({ 'session.ownerId': ref(id) })) ?? [{}];
  return seenBranches(filter, visibility).flatMap((seen) =>
    owned.flatMap((owner) =>
      states.map((state) => ({ ...wanted, ...owner, ...seen, 'session.state': state })),
    ),
  );
}

const sees = (filter: ConversationFilter, visibility: Visibility): boolean =>
  visibility === null ||
  (filter.ownerIds?.every((id) => id === visibility.ownerId) ?? false) ||
  (filter.lineId !== undefined && visibility.lineIds.includes(filter.lineId));

function seenCondition(filter: ConversationFilter, visibility: Visibility): Doc | null {
  if (visibility === null || sees(filter, visibility)) return null;
  return { $or: [{ lineId: { $in: refs(visibility.lineIds) } }, ...ownBranches(visibility)] };
}

function seenBranches(filter: ConversationFilter, visibility: Visibility): Doc[] {
  if (visibility === null || sees(filter, visibility)) return [{}];
  // A line that is not among theirs: only what they own there. Owners who are somebody else: only on their lines.
  const own = filter.ownerIds === undefined ? ownBranches(visibility) : [];
  const lines = filter.lineId === undefined ? visibility.lineIds : [];
  return [...lines.map((lineId) => ({ lineId: ref(lineId) })), ...own];
}

/** Talks that are theirs whatever their line: they have them, or are guests there. */
const ownBranches = ({ ownerId }: NonNullable<Visibility>): Doc[] => [
  { 'session.ownerId': ref(ownerId) },
  { 'session.guests': ref(ownerId) },
];

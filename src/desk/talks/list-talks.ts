import type { ConversationView, Page, TalkState } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { wantedOwners } from '../crm/reach.ts';
import { conversationViews } from '../views/conversation.ts';
import { visibilityOf } from './access.ts';

/** What a list of talks can be narrowed to; `owner` is an id or `me`, `department` that of the owner. */
export interface TalkFilter {
  state?: TalkState;
  owner?: string;
  department?: string;
  line?: string;
  contact?: string;
  channel?: string;
  tag?: string;
  q?: string;
}

/** Talks the person sees, newest activity first. */
export async function listTalks(
  desk: Desk,
  who: Principal,
  filter: TalkFilter,
  page: PageRequest,
): Promise<Page<ConversationView>> {
  const { state, owner, department, line, contact, channel, tag, q } = filter;
  const ownerIds = await wantedOwners(desk, {
    ...(owner && { ownerId: owner === 'me' ? who.user.id : owner }),
    ...(department && { departmentId: department }),
  });
  const { items, nextCursor } = await desk.stores.conversations.list(
    {
      ...(state && { state }),
      ...(ownerIds && { ownerIds }),
      ...(line && { lineId: line }),
      ...(contact && { contactId: contact }),
      ...(channel && { accountId: channel }),
      ...(tag && { tag: tag.replace(/^#/, '').toLowerCase() }),
      ...(q && { q }),
    },
    visibilityOf(who),
    page,
  );
  return { items: await conversationViews(desk, items), nextCursor };
}

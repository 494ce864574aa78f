import { Refusal } from '../../base/errors.ts';
import type { Page, TimelineView } from '../../contract/wire.ts';
import type { TimelineEntry } from '../../domain/crm/records.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { readTalk } from '../talks/read-talk.ts';
import { timelineView } from '../views/crm.ts';
import { readContact } from './read-contact.ts';
import { readDeal } from './read-deal.ts';
import { readLead } from './read-lead.ts';

/**
 * What a timeline can be asked of. A talk's is that of one of its sessions; default: the current
 * one.
 */
export type TimelineOf =
  | { kind: 'contact' | 'lead' | 'deal'; id: string }
  | { kind: 'conversation'; id: string; sessionId?: string };

/** What happened, newest first. Who may read the thing may read its timeline. */
export async function readTimeline(
  desk: Desk,
  who: Principal,
  of: TimelineOf,
  page: PageRequest,
): Promise<Page<TimelineView>> {
  const found = await desk.stores.timeline.of(await readableSubject(desk, who, of), page);
  return { items: found.items.map(timelineView), nextCursor: found.nextCursor };
}

async function readableSubject(
  desk: Desk,
  who: Principal,
  of: TimelineOf,
): Promise<TimelineEntry['subject']> {
  switch (of.kind) {
    case 'contact':
      await readContact(desk, who, of.id);
      return of;
    case 'lead':
      await readLead(desk, who, of.id);
      return of;
    case 'deal':
      await readDeal(desk, who, of.id);
      return of;
    case 'conversation': {
      const { sessionId: current } = await readTalk(desk, who, of.id);
      if (of.sessionId === undefined || of.sessionId === current)
        return { kind: 'session', id: current };
      const earlier = await desk.stores.sessions.ofConversation(of.id);
      if (!earlier.some(({ id }) => id === of.sessionId))
        throw new Refusal('not_found', 'This talk has no such session.');
      return { kind: 'session', id: of.sessionId };
    }
  }
}

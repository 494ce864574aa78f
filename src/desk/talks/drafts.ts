import type { DraftView, Page } from '../../contract/wire.ts';
import type { Draft } from '../../domain/conversations/draft.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { visibleTalk } from './access.ts';

/** What the person has written and not sent, the latest first. */
export async function listDrafts(desk: Desk, who: Principal): Promise<Page<DraftView>> {
  const drafts = await desk.stores.drafts.ofUser(who.user.id);
  return { items: drafts.map(draftView), nextCursor: null };
}

/** Keeps what the person is writing in a talk, for their other devices; nothing written is no draft. */
export async function saveDraft(
  desk: Desk,
  who: Principal,
  id: string,
  { text, note }: { text: string; note: boolean },
): Promise<DraftView> {
  await visibleTalk(desk, who, id);
  const draft: Draft = {
    userId: who.user.id,
    conversationId: id,
    text: text.trim() === '' ? '' : text,
    note,
    updatedAt: desk.clock.now(),
  };
  if (draft.text === '') await desk.stores.drafts.remove(who.user.id, id);
  else await desk.stores.drafts.save(draft);
  desk.bus.publish({ type: 'draft.changed', draft });
  return draftView(draft);
}

/** As its writer's devices see it; an empty text: there is none any more. */
export function draftView({ conversationId, text, note, updatedAt }: Draft): DraftView {
  return { conversationId, text, note, updatedAt: updatedAt.toISOString() };
}

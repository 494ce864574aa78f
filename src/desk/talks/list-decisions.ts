import type { DecisionView, Page } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { visibleTalk } from './access.ts';

/** Why the talk went where it went, newest first. */
export async function listDecisions(
  desk: Desk,
  who: Principal,
  id: string,
  page: PageRequest,
): Promise<Page<DecisionView>> {
  await visibleTalk(desk, who, id);
  const { items, nextCursor } = await desk.stores.decisions.ofConversation(id, page);
  const named = async (operatorId: string) => {
    const user = await desk.directory.user(operatorId);
    return { operatorId, ...(user && { operatorName: user.name }) };
  };
  return {
    items: await Promise.all(
      items.map(async ({ at, act, operatorId, why, excluded }) => ({
        at: at.toISOString(),
        act,
        ...(operatorId !== null && (await named(operatorId))),
        why,
        excluded: await Promise.all(
          excluded.map(async (one) => ({ ...(await named(one.operatorId)), why: one.why })),
        ),
      })),
    ),
    nextCursor,
  };
}

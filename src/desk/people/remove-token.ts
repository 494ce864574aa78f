import { Refusal } from '../../base/errors.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';

/** Takes one's own token back; it is refused from now on. */
export async function removeToken(desk: Desk, who: Principal, id: string): Promise<void> {
  if (!(await desk.stores.tokens.remove(id, who.user.id)))
    throw new Refusal('not_found', 'There is no such token of yours.');
  await recordAudit(desk, who, 'token.remove', 'Took a personal token back.');
}

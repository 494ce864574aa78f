import { Refusal } from '../../base/errors.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { findAccount } from './find-channel.ts';

/** Removes an account with its credentials; its talks stay readable. */
export async function removeChannel(desk: Desk, who: Principal, id: string): Promise<void> {
  permit(who, 'channel.change', 'remove channels');
  const account = await findAccount(desk, id);
  await desk.accounts.disconnect(id);
  if (!(await desk.stores.accounts.remove(id)))
    throw new Refusal('not_found', 'There is no such channel.');
  await recordAudit(desk, who, 'channel.remove', `Removed the channel "${account.name}".`);
  desk.bus.publish({ type: 'account.removed', accountId: id });
}

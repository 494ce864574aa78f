import type { ConnectionView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { findAccount } from './find-channel.ts';

/** Checks the credentials, tells the provider our address, and starts to listen. Ends a pause. */
export async function connectChannel(
  desk: Desk,
  who: Principal,
  id: string,
): Promise<ConnectionView> {
  permit(who, 'channel.change', 'connect channels');
  const account = await findAccount(desk, id);
  if (account.stopped) await desk.stores.accounts.change(id, { stopped: false });
  const { status, detail } = await desk.accounts.connect(id);
  await recordAudit(desk, who, 'channel.connect', `Connected "${account.name}": ${status}.`);
  return { status, detail };
}

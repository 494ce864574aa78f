import type { ConnectionView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { findAccount } from './find-channel.ts';

/** Stops an account: it neither listens nor sends until somebody connects it again. */
export async function pauseChannel(
  desk: Desk,
  who: Principal,
  id: string,
): Promise<ConnectionView> {
  permit(who, 'channel.change', 'pause channels');
  const account = await findAccount(desk, id);
  await desk.stores.accounts.change(id, { stopped: true });
  await desk.accounts.disconnect(id);
  const detail = `Paused by ${who.user.name}.`;
  const paused = await desk.stores.accounts.setStatus(id, 'paused', detail);
  await recordAudit(desk, who, 'channel.pause', `Paused "${account.name}".`);
  if (paused) desk.bus.publish({ type: 'account.changed', account: paused });
  return { status: 'paused', detail };
}

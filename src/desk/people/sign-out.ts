import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { silenceDevices } from './devices.ts';

/** Ends a session, on every page that uses it. */
export async function signOut(desk: Desk, who: Principal, signInId: string): Promise<void> {
  await desk.stores.signIns.remove(signInId);
  await silenceDevices(desk, who.user.id, signInId);
  // Sockets of this session hear it and end.
  desk.bus.publish({ type: 'user.changed', userId: who.user.id });
  await recordAudit(desk, who, 'session.end', 'Signed out.');
}

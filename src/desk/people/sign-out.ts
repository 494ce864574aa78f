import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';

/** Ends a session. */
export async function signOut(desk: Desk, who: Principal, signInId: string): Promise<void> {
  await desk.stores.signIns.remove(signInId);
  await recordAudit(desk, who, 'session.end', 'Signed out.');
}

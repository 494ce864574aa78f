import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';

/** Writes into the audit log what a person did. `act` is `thing.verb`; `detail` a sentence without secrets. */
export async function recordAudit(
  desk: Desk,
  who: Principal,
  act: string,
  detail: string,
): Promise<void> {
  await desk.stores.audit.record({
    at: desk.clock.now(),
    who: { kind: 'user', id: who.user.id, name: who.user.name },
    act,
    detail,
    address: who.address ?? null,
  });
}

import type { ReplayedView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { readQuarantine } from './list-quarantine.ts';
import { recordAudit } from './record-audit.ts';

/** Tries again what could not be used; refused with the reason when it still can not. */
export async function replayQuarantine(
  desk: Desk,
  who: Principal,
  id: string,
): Promise<ReplayedView> {
  permit(who, 'quarantine.replay', 'replay what is in quarantine');
  const { accepted, duplicates } = await desk.ingress.replay(id);
  await recordAudit(
    desk,
    who,
    'quarantine.replay',
    `Replayed ${id}: ${accepted} taken, ${duplicates} known.`,
  );
  return { ...(await readQuarantine(desk, who, id)), accepted, duplicates };
}

import { Refusal } from '../../base/errors.ts';
import type { QuarantineView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { quarantineView } from '../views/quarantine.ts';
import { readQuarantine } from './list-quarantine.ts';
import { recordAudit } from './record-audit.ts';

/** Marks what could not be used as looked at; it stays readable. */
export async function dismissQuarantine(
  desk: Desk,
  who: Principal,
  id: string,
): Promise<QuarantineView> {
  permit(who, 'quarantine.replay', 'dismiss what is in quarantine');
  await readQuarantine(desk, who, id);
  const item = await desk.stores.quarantine.setState(id, 'held', 'dismissed');
  if (!item) throw new Refusal('conflict', 'This item was replayed or dismissed already.');
  await recordAudit(desk, who, 'quarantine.dismiss', `Dismissed ${id}.`);
  return quarantineView(item);
}

import { Refusal } from '../../base/errors.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { findLine } from './find-line.ts';

/** Takes a line out of use; its talks stay readable. Refused while channels bring talks to it. */
export async function archiveLine(desk: Desk, who: Principal, id: string): Promise<void> {
  permit(who, 'line.change', 'archive lines');
  const line = await findLine(desk, id);
  const [channel] = await desk.stores.accounts.ofLine(id);
  if (channel)
    throw new Refusal(
      'rule_broken',
      `The channel "${channel.name}" serves this line. Move or remove it first.`,
    );
  await desk.stores.lines.change(id, { archivedAt: desk.clock.now() });
  await recordAudit(desk, who, 'line.archive', `Archived the line "${line.name}".`);
  desk.bus.publish({ type: 'line.changed', lineId: id });
}

import type { z } from 'zod';
import { defined } from '../../base/defined.ts';
import { Refusal } from '../../base/errors.ts';
import type { LineView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { lineView } from '../views/line.ts';
import { checkFlows } from './check-flows.ts';
import { checkMembers } from './check-members.ts';
import { findLine } from './find-line.ts';
import { givenCalendar } from './given-calendar.ts';
import type { lineChange } from './line-fields.ts';
import { tidyHours, tidyOffHours } from './tidy.ts';

/** Changes a line; talks under way stay with those who have them. */
export async function changeLine(
  desk: Desk,
  who: Principal,
  id: string,
  { hours, offHours, calendar, flows, ...plain }: z.output<typeof lineChange>,
): Promise<LineView> {
  permit(who, 'line.change', 'change lines');
  const before = await findLine(desk, id);
  if (plain.members) {
    const added = plain.members.filter((member) => !before.members.includes(member));
    await checkMembers(desk, added);
    if (new Set(plain.members).size < plain.members.length)
      throw new Refusal('rule_broken', 'members: a person is in the list twice.', {
        field: 'members',
      });
  }
  const line = await desk.stores.lines.change(id, {
    ...defined(plain),
    ...(hours ? { hours: tidyHours(hours) } : {}),
    ...(offHours ? { offHours: tidyOffHours(offHours) } : {}),
    ...(flows ? { flows: await checkFlows(desk, flows, before.flows) } : {}),
    ...(calendar === undefined
      ? {}
      : { calendar: await givenCalendar(desk, calendar, before.calendar) }),
  });
  if (!line) throw new Refusal('not_found', 'There is no such line.');
  const fields = Object.keys({
    ...plain,
    ...(hours && { hours }),
    ...(offHours && { offHours }),
    ...(flows && { flows }),
    ...(calendar !== undefined && { calendar }),
  });
  await recordAudit(desk, who, 'line.change', `Changed ${fields.join(', ')} of "${line.name}".`);
  desk.bus.publish({ type: 'line.changed', lineId: id });
  return lineView(desk, line);
}

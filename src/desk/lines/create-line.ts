import type { z } from 'zod';
import { randomKey } from '../../base/ids.ts';
import type { LineView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { lineView } from '../views/line.ts';
import { checkFlows } from './check-flows.ts';
import { checkMembers } from './check-members.ts';
import { givenCalendar } from './given-calendar.ts';
import type { newLine } from './line-fields.ts';
import { tidyHours, tidyOffHours } from './tidy.ts';

/** Makes a line; its zone is the company's when none is given. */
export async function createLine(
  desk: Desk,
  who: Principal,
  { calendar, flows, targets, ...line }: z.output<typeof newLine>,
): Promise<LineView> {
  permit(who, 'line.change', 'make lines');
  await checkMembers(desk, line.members);
  const made = await desk.stores.lines.create({
    ...line,
    timeZone: line.timeZone ?? (await desk.stores.settings.read()).timeZone,
    hours: tidyHours(line.hours),
    offHours: tidyOffHours(line.offHours),
    flows: await checkFlows(desk, flows),
    calendar: await givenCalendar(desk, calendar, null),
    ...(targets && { targets }),
    key: randomKey(12),
  });
  await recordAudit(desk, who, 'line.create', `Made the line "${made.name}".`);
  desk.bus.publish({ type: 'line.changed', lineId: made.id });
  return lineView(desk, made);
}

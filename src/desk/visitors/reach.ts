import { isThere } from '../../domain/operators/away.ts';
import type { VisitorReach } from '../../contract/visitor.ts';
import type { Line } from '../../domain/lines/line.ts';
import { openAt } from '../../engine/router/hours.ts';
import type { Desk } from '../desk.ts';

/** Whether somebody of the line can answer now. */
export async function readReach(desk: Desk, line: Line): Promise<VisitorReach> {
  const members = line.members.length === 0 ? [] : await desk.stores.users.many(line.members);
  const { open, nextChange } = openAt(line, desk.clock.now());
  return {
    open,
    staffed: members.some(isThere),
    nextChange: nextChange?.toISOString() ?? null,
  };
}

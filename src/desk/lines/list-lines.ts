import type { LineView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { lineViews } from '../views/line.ts';

/** All lines that are not archived, by name. */
export async function listLines(desk: Desk, who: Principal): Promise<LineView[]> {
  permit(who, 'line.read', 'see the lines');
  return lineViews(desk, await desk.stores.lines.all());
}

import type { LineView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { lineView } from '../views/line.ts';
import { findLine } from './find-line.ts';

/** One line. */
export async function readLine(desk: Desk, who: Principal, id: string): Promise<LineView> {
  permit(who, 'line.read', 'see the lines');
  return lineView(desk, await findLine(desk, id));
}

import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import { openAt } from '../../engine/router/hours.ts';
import type { Desk } from '../desk.ts';
import { findLine } from './find-line.ts';

/** Whether a line is open at an instant (default: now), and when that changes next. */
export async function lineOpen(
  desk: Desk,
  who: Principal,
  id: string,
  at?: Date,
): Promise<{ open: boolean; nextChange: string | null }> {
  permit(who, 'line.read', 'see the lines');
  const { open, nextChange } = openAt(await findLine(desk, id), at ?? desk.clock.now());
  return { open, nextChange: nextChange?.toISOString() ?? null };
}

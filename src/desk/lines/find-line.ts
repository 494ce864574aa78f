import { Refusal } from '../../base/errors.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Desk } from '../desk.ts';

/** The line with this id, or `not_found`; an archived one is gone for people. */
export async function findLine(desk: Desk, id: string): Promise<Line> {
  const line = await desk.stores.lines.get(id);
  if (!line || line.archivedAt) throw new Refusal('not_found', 'There is no such line.');
  return line;
}

import { Refusal } from '../../base/errors.ts';
import type { Channel } from '../../contract/channel.ts';
import type { Desk } from '../desk.ts';

/** Refuses a role that the kind has not, and a place on a line that is not there. A channel for customers needs a line. */
export async function checkPlace(
  desk: Pick<Desk, 'stores'>,
  channel: Channel,
  role: 'line' | 'desk',
  lineId: string | null,
): Promise<void> {
  if (!(channel.roles ?? ['line']).includes(role))
    throw new Refusal('rule_broken', `role: ${channel.title} can not serve as "${role}".`, {
      field: 'role',
    });
  if (lineId === null) {
    if (role === 'desk') return;
    throw new Refusal('rule_broken', 'lineId: say which line its talks go to.', {
      field: 'lineId',
    });
  }
  const line = await desk.stores.lines.get(lineId);
  if (!line || line.archivedAt)
    throw new Refusal('rule_broken', `lineId: there is no line with the id "${lineId}".`, {
      field: 'lineId',
    });
}

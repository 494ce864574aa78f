import { z } from 'zod';
import { Refusal } from '../../base/errors.ts';
import type { ChannelView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { channelView } from '../views/channel.ts';
import { changedConfig } from './changed-config.ts';
import { checkPlace } from './check-place.ts';
import { findAccount, findChannelType } from './find-channel.ts';

/** What can be changed; what is left out stays, also inside `config`. A masked secret sent back stays too. */
export const channelChange = z.strictObject({
  name: z.string().trim().min(1, 'Give the channel a name.').max(120).optional(),
  lineId: z.string().max(64).nullable().optional(),
  role: z.enum(['line', 'desk'], 'Give line or desk.').optional(),
  config: z.record(z.string(), z.unknown()).optional(),
});

/** Changes an account and opens it again with what is new, unless it is paused. */
export async function changeChannel(
  desk: Desk,
  who: Principal,
  id: string,
  change: z.output<typeof channelChange>,
): Promise<ChannelView> {
  permit(who, 'channel.change', 'change channels');
  const before = await findAccount(desk, id);
  const channel = findChannelType(desk, before.type);
  const { name, config } = change;
  const role = change.role ?? before.role;
  const lineId = change.lineId === undefined ? before.lineId : change.lineId;
  await checkPlace(desk, channel, role, lineId);
  const changed = await desk.stores.accounts.change(id, {
    role,
    lineId,
    ...(name === undefined ? {} : { name }),
    ...(config === undefined ? {} : { config: changedConfig(desk, channel, before, config) }),
  });
  if (!changed) throw new Refusal('not_found', 'There is no such channel.');
  const fields = Object.keys(change).join(', ') || 'nothing';
  await recordAudit(desk, who, 'channel.change', `Changed ${fields} of "${changed.name}".`);
  desk.bus.publish({ type: 'account.changed', account: changed });
  await desk.accounts.connect(id);
  return channelView(desk, await findAccount(desk, id));
}

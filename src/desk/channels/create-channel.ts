import { z } from 'zod';
import { randomKey } from '../../base/ids.ts';
import type { ChannelView } from '../../contract/wire.ts';
import { sealConfig, secretFields } from '../../domain/accounts/config-secrets.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { channelView } from '../views/channel.ts';
import { checkPlace } from './check-place.ts';
import { findChannelType } from './find-channel.ts';
import { readConfig } from './read-config.ts';

/** A new account of a channel. */
export const newChannel = z.strictObject({
  type: z.string('Give the kind of channel, one that GET /channel-types lists.').min(1).max(64),
  name: z.string('Give the channel a name.').trim().min(1, 'Give the channel a name.').max(120),
  lineId: z.string().max(64).nullable().default(null),
  role: z.enum(['line', 'desk'], 'Give line or desk.').default('line'),
  config: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Adds an account. Its secrets are sealed; those that were made for it are in this answer, in plain text, and nowhere
 * later. Nothing is connected yet: that is `connectChannel`.
 */
export async function createChannel(
  desk: Desk,
  who: Principal,
  form: z.output<typeof newChannel>,
): Promise<ChannelView> {
  permit(who, 'channel.change', 'add channels');
  const channel = findChannelType(desk, form.type);
  await checkPlace(desk, channel, form.role, form.lineId);
  const completed = channel.complete?.({ ...form.config }, randomKey) ?? form.config;
  const config = readConfig(channel, completed);
  const account = await desk.stores.accounts.create({
    type: form.type,
    name: form.name,
    lineId: form.lineId,
    role: form.role,
    config: sealConfig(channel.config, config, desk.keys),
    status: 'connecting',
    detail: 'Not connected yet.',
    stopped: false,
  });
  await recordAudit(
    desk,
    who,
    'channel.create',
    `Added the ${channel.title} channel "${account.name}".`,
  );
  desk.bus.publish({ type: 'account.changed', account });

  const secrets: Record<string, string> = {};
  for (const field of secretFields(channel.config)) {
    const made = config[field];
    if (typeof made === 'string' && made !== '' && form.config[field] === undefined)
      secrets[field] = made;
  }
  const view = channelView(desk, account);
  return Object.keys(secrets).length > 0 ? { ...view, secrets } : view;
}

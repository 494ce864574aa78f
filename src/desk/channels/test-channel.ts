import { z } from 'zod';
import { randomKey } from '../../base/ids.ts';
import type { ConnectionView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { plainChangedConfig } from './changed-config.ts';
import { findAccount, findChannelType } from './find-channel.ts';
import { readConfig } from './read-config.ts';

/** Settings that are not saved. */
export const untriedChannel = z.strictObject({
  type: z.string('Give the kind of channel, one that GET /channel-types lists.').min(1).max(64),
  config: z.record(z.string(), z.unknown()).default({}),
});

/** Asks the provider whether settings that are not saved would work. */
export async function testNewChannel(
  desk: Desk,
  who: Principal,
  form: z.output<typeof untriedChannel>,
): Promise<ConnectionView> {
  permit(who, 'channel.change', 'test channels');
  const channel = findChannelType(desk, form.type);
  const completed = channel.complete?.({ ...form.config }, randomKey) ?? form.config;
  return desk.accounts.test(form.type, readConfig(channel, completed));
}

/** Asks the provider whether an account would work with these changes; nothing is saved. */
export async function testChannel(
  desk: Desk,
  who: Principal,
  id: string,
  config: Record<string, unknown>,
): Promise<ConnectionView> {
  permit(who, 'channel.change', 'test channels');
  const account = await findAccount(desk, id);
  const channel = findChannelType(desk, account.type);
  return desk.accounts.test(account.type, plainChangedConfig(desk, channel, account, config));
}

import type { Channel } from '../../contract/channel.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import { openConfig, sealConfig, unmaskConfig } from '../../domain/accounts/config-secrets.ts';
import type { Desk } from '../desk.ts';
import { readConfig } from './read-config.ts';

type Config = Record<string, unknown>;

/** Stored settings with a person's changes, in plain text: masked secrets stay, null takes a setting away. */
export function plainChangedConfig(
  desk: Pick<Desk, 'keys'>,
  channel: Channel,
  account: AccountRecord,
  sent: Config,
): Config {
  const stored = openConfig(channel.config, account.config, desk.keys);
  const merged: Config = { ...stored, ...unmaskConfig(channel.config, sent, stored) };
  for (const [name, value] of Object.entries(merged)) if (value === null) delete merged[name];
  return readConfig(channel, merged);
}

/** The same, sealed for the database. */
export function changedConfig(
  desk: Pick<Desk, 'keys'>,
  channel: Channel,
  account: AccountRecord,
  sent: Config,
): Config {
  return sealConfig(channel.config, plainChangedConfig(desk, channel, account, sent), desk.keys);
}

import { Refusal } from '../../base/errors.ts';
import type { Channel } from '../../contract/channel.ts';

type Config = Record<string, unknown>;

/** Settings as the channel's schema reads them, in plain text; refused naming the field, without its value. */
export function readConfig(channel: Channel, config: Config): Config {
  const result = channel.config.safeParse(config);
  if (result.success) return result.data as Config;
  const issue = result.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = ['config', ...(issue?.path ?? []), ...(unknown ? [unknown] : [])]
    .map(String)
    .join('.');
  const what = unknown ? `${channel.title} has no such setting.` : (issue?.message ?? 'is wrong.');
  throw new Refusal('malformed', `${field}: ${what}`, { field });
}

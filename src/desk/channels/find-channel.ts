import { Refusal } from '../../base/errors.ts';
import type { Channel } from '../../contract/channel.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import type { Desk } from '../desk.ts';

/** The account with this id, or `not_found`. */
export async function findAccount(desk: Pick<Desk, 'stores'>, id: string): Promise<AccountRecord> {
  const account = await desk.stores.accounts.get(id);
  if (!account) throw new Refusal('not_found', 'There is no such channel.');
  return account;
}

/** The kind of channel with this name, or a refusal that lists those there are. */
export function findChannelType(desk: Pick<Desk, 'channels'>, type: string): Channel {
  const channel = desk.channels.get(type);
  if (channel) return channel;
  const known = [...desk.channels.keys()].join(', ');
  throw new Refusal(
    'rule_broken',
    `type: there is no channel of the kind "${type}". There are: ${known}.`,
    {
      field: 'type',
    },
  );
}

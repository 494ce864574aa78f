import type { ChannelView, Page } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { channelView } from '../views/channel.ts';
import { findAccount } from './find-channel.ts';

/** Connected accounts and how they stand. */
export async function listChannels(
  desk: Desk,
  who: Principal,
  page: PageRequest,
): Promise<Page<ChannelView>> {
  permit(who, 'line.read', 'see the channels');
  const { items, nextCursor } = await desk.stores.accounts.list(page);
  return { items: items.map((account) => shown(who, channelView(desk, account))), nextCursor };
}

/** One of them. */
export async function readChannel(desk: Desk, who: Principal, id: string): Promise<ChannelView> {
  permit(who, 'line.read', 'see the channels');
  return shown(who, channelView(desk, await findAccount(desk, id)));
}

/** Settings are for those who may change them; others see that the channel is there and how it stands. */
const shown = (who: Principal, view: ChannelView): ChannelView =>
  who.grants['channel.change'] ? view : { ...view, config: {} };

import type { ChannelTypeView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { channelTypeView } from '../views/channel.ts';

/** Every kind of channel there is, with the form that connects one. */
export function listChannelTypes(desk: Desk, who: Principal): ChannelTypeView[] {
  permit(who, 'line.read', 'see the channels');
  return [...desk.channels.values()].map(channelTypeView);
}

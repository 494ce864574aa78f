import { channelTypes } from '../state/people.ts';
import type { IconName } from './icon.tsx';

/** The drawing of a kind of channel, as the kind itself says; a general one until kinds are loaded. */
export const channelIcon = (type: string): IconName =>
  channelTypes.value?.find((kind) => kind.type === type)?.icon ?? 'chat';

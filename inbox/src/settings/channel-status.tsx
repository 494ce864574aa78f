import type { ChannelView } from '../../../src/contract/wire.ts';
import { text } from '../text/index.ts';

/** A channel's status, colour and word. */
export function ChannelStatus({ channel }: { channel: ChannelView }) {
  const tone = { connected: 'good', connecting: 'warn', error: 'bad', paused: 'bad' }[
    channel.status
  ];
  return (
    <span class={`chip ${tone}`}>
      <span class={`dot ${channel.status}`} />
      {text.settings.channels.status[channel.status]}
    </span>
  );
}

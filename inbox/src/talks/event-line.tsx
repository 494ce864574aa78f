import type { MessageView } from '../../../src/contract/wire.ts';
import { fullTime, timeOf } from '../text/time.ts';

/** Something that happened in the talk, small and in the middle. */
export function EventLine({ message }: { message: MessageView }) {
  return (
    <div class="event-line" title={fullTime(message.at)}>
      <span>
        {message.text} · <time dateTime={message.at}>{timeOf(message.at)}</time>
      </span>
    </div>
  );
}

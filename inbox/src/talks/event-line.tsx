import type { MessageView } from '../../../src/contract/wire.ts';
import { to } from '../app/routes.ts';
import { fullTime, timeOf } from '../text/time.ts';

/** Something that happened in the talk, small and in the middle; it may lead to another talk. */
export function EventLine({ message }: { message: MessageView }) {
  const other = message.event?.conversationId;
  return (
    <div class="event-line" title={fullTime(message.at)}>
      <span>
        {other ? <a href={to.inbox('open', other)}>{message.text}</a> : message.text} ·{' '}
        <time dateTime={message.at}>{timeOf(message.at)}</time>
      </span>
    </div>
  );
}

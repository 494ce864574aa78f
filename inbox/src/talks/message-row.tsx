import { useState } from 'preact/hooks';
import type { ConversationDetail, MessageView } from '../../../src/contract/wire.ts';
import { markMentions } from '../state/mentions.ts';
import { users } from '../state/people.ts';
import { me } from '../state/session.ts';
import { text } from '../text/index.ts';
import { fullTime, timeOf } from '../text/time.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { DeliveryMark, DeliveryTrouble } from './delivery.tsx';
import { EditsDialog } from './edits-dialog.tsx';
import { MessageTools } from './message-tools.tsx';
import { Parts } from './parts.tsx';
import { Reactions } from './reactions.tsx';

/** What a message can ask of the list. */
export interface MessageActs {
  jumpTo(seq: number | null): void;
  reply(message: MessageView): void;
}

function Quote({ message, acts }: { message: MessageView; acts: MessageActs }) {
  const quoted = message.replyTo;
  if (!quoted) return null;
  return (
    <button type="button" class="reply-quote" onClick={() => acts.jumpTo(quoted.seq)}>
      <strong>{quoted.author}</strong>
      <span>{quoted.text}</span>
    </button>
  );
}

function Meta({ message }: { message: MessageView }) {
  const [history, setHistory] = useState(false);
  return (
    <div class="meta">
      {message.edits.length > 0 && (
        <button type="button" class="link" onClick={() => setHistory(true)}>
          {text.talks.edited}
        </button>
      )}
      {message.author.kind === 'external' && <span>{text.talks.fromApp}</span>}
      <time dateTime={message.at} title={fullTime(message.at)}>
        {timeOf(message.at)}
      </time>
      {message.delivery && <DeliveryMark delivery={message.delivery} />}
      {history && <EditsDialog message={message} onClose={() => setHistory(false)} />}
    </div>
  );
}

/** One message or one album, as a bubble. */
export function MessageRow(props: {
  messages: readonly [MessageView, ...MessageView[]];
  first: boolean;
  last: boolean;
  detail: ConversationDetail;
  acts: MessageActs;
  target: boolean;
}) {
  const { messages, first, last, detail, acts } = props;
  const message = messages[0];
  const newest = messages.at(-1) ?? message;
  const note = message.direction === 'note';
  const mine = message.direction !== 'in';
  const classes = [
    'msg',
    mine && 'mine',
    note && 'note',
    first && 'first',
    props.target && 'target',
  ];
  const called = users.value?.filter(({ id }) => message.mentions?.includes(id)) ?? [];
  const parts = markMentions(
    messages.flatMap((one) => (one.removedAt ? [] : one.parts)),
    called.map(({ handle }) => handle),
  );
  const removed = messages.every(({ removedAt }) => removedAt !== null);
  const failing = messages.find(
    ({ delivery }) => delivery?.state === 'failed' || delivery?.state === 'uncertain',
  );
  const times = last || failing || newest.edits.length > 0 || (mine && !note);
  return (
    <article class={classes.filter(Boolean).join(' ')} data-seq={message.seq}>
      {!mine && (first ? <Avatar name={message.author.name} id={message.author.id} /> : <span />)}
      <div class="column">
        {first && message.author.id !== me.value?.id && (
          <div class="author">{message.author.name}</div>
        )}
        <div class="bubble-line">
          <div class={isBare(messages) ? 'bubble bare' : 'bubble'}>
            {note && (
              <div class="note-label">
                <Icon name="note" small />
                {text.talks.internalNote}
              </div>
            )}
            {message.forwardedFrom && (
              <div class="forwarded">{text.talks.forwarded(message.forwardedFrom)}</div>
            )}
            <Quote message={message} acts={acts} />
            {removed ? (
              <span class="removed">{text.talks.removed}</span>
            ) : (
              <Parts parts={parts} text={message.text} />
            )}
          </div>
          {!removed && <MessageTools message={newest} detail={detail} acts={acts} />}
        </div>
        <Reactions messages={messages} detail={detail} />
        {times && <Meta message={newest} />}
        {failing && <DeliveryTrouble message={failing} />}
      </div>
    </article>
  );
}

/** Pictures without words stand on their own. */
function isBare(messages: readonly MessageView[]): boolean {
  return messages.every(
    ({ parts, direction, replyTo, forwardedFrom, removedAt }) =>
      parts.length > 0 &&
      direction !== 'note' &&
      !replyTo &&
      !forwardedFrom &&
      !removedAt &&
      parts.every(
        (part) => (part.kind === 'image' || part.kind === 'video') && part.file.state === 'ready',
      ),
  );
}

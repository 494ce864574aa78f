import { link } from '../live/socket.ts';
import type { Outgoing } from '../state/outbox.ts';
import { sendAnyway, tryAgain, withdraw } from '../state/outbox.ts';
import { draftOf, writeDraft } from '../state/drafts.ts';
import { returnFiles } from '../state/uploads.ts';
import { me } from '../state/session.ts';
import { text } from '../text/index.ts';
import { timeOf } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { RichText } from '../ui/rich-text.tsx';
import { PartBox } from './parts.tsx';

function kindOf(mime: string): 'image' | 'file' {
  return mime.startsWith('image/') ? 'image' : 'file';
}

/** Puts a message that was not sent back where it was written. */
function takeBack(entry: Outgoing): void {
  const { conversationId, body } = entry;
  withdraw(body.clientId);
  returnFiles(conversationId, entry.files);
  const before = draftOf(conversationId).value.text;
  writeDraft(conversationId, {
    mode: body.note ? 'note' : 'reply',
    text: [body.text ?? '', before].filter(Boolean).join('\n'),
    buttons: body.buttons?.map(({ label }) => label) ?? [],
  });
}

function Standing({ entry }: { entry: Outgoing }) {
  const words = text.talks;
  if (entry.state === 'queued' || entry.state === 'sending')
    return (
      <div class="meta">
        <time dateTime={entry.at}>{timeOf(entry.at)}</time>
        <Icon
          name="clock"
          label={link.value === 'lost' ? words.delivery.waiting : words.delivery.sending}
        />
      </div>
    );
  const asks = entry.state === 'asks';
  const { clientId } = entry.body;
  return (
    <div class={asks ? 'trouble warn' : 'trouble'} role="alert">
      <span class="grow">
        <strong>{asks ? words.colleague.ask : entry.problem?.message}</strong>
        {!asks && entry.problem?.hint && <div class="muted">{entry.problem.hint}</div>}
      </span>
      {asks ? (
        <Button small tone="primary" onClick={() => sendAnyway(clientId)}>
          {words.colleague.anyway}
        </Button>
      ) : (
        <Button small icon="again" onClick={() => tryAgain(clientId)}>
          {words.refused.retry}
        </Button>
      )}
      <Button small onClick={() => takeBack(entry)}>
        {words.refused.edit}
      </Button>
      <Button small tone="quiet" onClick={() => withdraw(clientId)}>
        {words.refused.drop}
      </Button>
    </div>
  );
}

/** A message that the server does not have yet. */
export function OutgoingRow({ entry }: { entry: Outgoing }) {
  const { body } = entry;
  const note = body.note === true;
  return (
    <article class={note ? 'msg mine note first' : 'msg mine first'} aria-label={me.value?.name}>
      <div class="column">
        <div class="bubble-line">
          <div class="bubble">
            {note && (
              <div class="note-label">
                <Icon name="note" small />
                {text.talks.internalNote}
              </div>
            )}
            {entry.replyText && <span class="reply-quote">{entry.replyText}</span>}
            {entry.files.map((file) => (
              <PartBox key={file.id} part={{ kind: kindOf(file.mime), file }} />
            ))}
            {body.text && <RichText text={body.text} marks={body.marks} />}
            {body.buttons && (
              <div class="card-buttons">
                {body.buttons.map(({ label }) => (
                  <span key={label} class="button small">
                    {label}
                  </span>
                ))}
              </div>
            )}
          </div>
        </div>
        <Standing entry={entry} />
      </div>
    </article>
  );
}

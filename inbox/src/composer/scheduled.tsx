import { useEffect, useState } from 'preact/hooks';
import type { MessageView } from '../../../src/contract/wire.ts';
import { cancelScheduled, changeScheduled } from '../api/answers.ts';
import { asApiError } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';
import { leaveScheduled, loadScheduled, scheduledOf } from '../state/scheduled.ts';
import { me } from '../state/session.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { dateTime, fullTime } from '../text/time.ts';
import { inputTime } from '../text/when.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Problem } from '../ui/feedback.tsx';
import { Field, TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';

const words = text.composer.later;

/** Another text, or another time. */
function EditDialog(props: { message: MessageView; onDone: () => void; onClose: () => void }) {
  const { message } = props;
  const given = message.sendAt ? new Date(message.sendAt) : new Date();
  const [typed, setTyped] = useState(message.text);
  const [time, setTime] = useState(inputTime(given));
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const sendAt = time === inputTime(given) ? null : new Date(time).toISOString();
      await changeScheduled(message.id, {
        ...(typed === message.text ? {} : { text: typed }),
        ...(sendAt === null ? {} : { sendAt }),
      });
      tell('good', text.saved);
      props.onDone();
      props.onClose();
    } catch (thrown) {
      setError(asApiError(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog title={words.edit} onClose={props.onClose}>
      <form class="form" onSubmit={(event) => void save(event)}>
        <TextField label={words.text} value={typed} onChange={setTyped} multiline />
        <Field label={text.when.pick}>
          {(ids) => (
            <input
              {...ids}
              class="input"
              type="datetime-local"
              required
              min={inputTime(new Date())}
              value={time}
              onInput={(event) => setTime(event.currentTarget.value)}
            />
          )}
        </Field>
        {error && <Problem error={error} />}
        <div class="actions">
          <Button onClick={props.onClose}>{text.act.cancel}</Button>
          <Button type="submit" tone="primary" busy={busy}>
            {text.act.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Item({ message, conversationId }: { message: MessageView; conversationId: string }) {
  const [busy, setBusy] = useState(false);
  const [editing, setEditing] = useState(false);
  const failed = message.delivery?.state === 'failed';
  const takeBack = async () => {
    setBusy(true);
    await attempt(cancelScheduled(message.id));
    await loadScheduled(conversationId);
    setBusy(false);
  };
  return (
    <li class={failed ? 'later failed' : 'later'}>
      <Icon name={failed ? 'warning' : 'clock'} small />
      <span class="grow">
        <span class="clip" dir="auto">
          {message.text || words.files}
        </span>
        <span class="muted small-text" title={message.sendAt && fullTime(message.sendAt)}>
          {failed
            ? words.failed(message.delivery?.detail ?? '')
            : words.by(message.author.name, message.sendAt ? dateTime(message.sendAt) : '')}
        </span>
      </span>
      {message.author.id === me.value?.id && (
        <Button small tone="quiet" disabled={busy} onClick={() => setEditing(true)}>
          {text.act.edit}
        </Button>
      )}
      <Button small tone="quiet" disabled={busy} onClick={() => void takeBack()}>
        {text.act.cancel}
      </Button>
      {editing && (
        <EditDialog
          message={message}
          onDone={() => void loadScheduled(conversationId)}
          onClose={() => setEditing(false)}
        />
      )}
    </li>
  );
}

/** What is still to be sent in this talk. */
export function Scheduled({ conversationId }: { conversationId: string }) {
  useEffect(() => {
    void loadScheduled(conversationId);
    return () => leaveScheduled(conversationId);
  }, [conversationId]);
  const items = scheduledOf(conversationId).value;
  if (items.length === 0) return null;
  return (
    <ul class="laters" aria-label={words.list}>
      {items.map((message) => (
        <Item key={message.id} message={message} conversationId={conversationId} />
      ))}
    </ul>
  );
}

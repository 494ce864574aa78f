import { useEffect, useState } from 'preact/hooks';
import type { MessageView } from '../../../src/contract/wire.ts';
import { cancelScheduled } from '../api/answers.ts';
import { draftOf, writeDraft } from '../state/drafts.ts';
import { leaveScheduled, loadScheduled, scheduledOf } from '../state/scheduled.ts';
import { attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { dateTime, fullTime } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

const words = text.composer.later;

function Item({ message, conversationId }: { message: MessageView; conversationId: string }) {
  const [busy, setBusy] = useState(false);
  const failed = message.delivery?.state === 'failed';
  const takeBack = async (edit: boolean) => {
    setBusy(true);
    const done = await attempt(cancelScheduled(message.id).then(() => true));
    // Into an empty composer only: what stands there is not lost.
    if (done && edit && draftOf(conversationId).peek().text.trim() === '')
      writeDraft(conversationId, { text: message.text, mode: 'reply' });
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
      {!failed && (
        <>
          <Button small tone="quiet" disabled={busy} onClick={() => void takeBack(true)}>
            {text.act.edit}
          </Button>
          <Button small tone="quiet" disabled={busy} onClick={() => void takeBack(false)}>
            {text.act.cancel}
          </Button>
        </>
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

import { useState } from 'preact/hooks';
import type { ConversationDetail, MessageView } from '../../../src/contract/wire.ts';
import { editMessage, removeMessage } from '../api/talks.ts';
import { takeMessage } from '../state/threads.ts';
import { attempt } from '../state/toasts.ts';
import { me } from '../state/session.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Confirm, Dialog } from '../ui/dialog.tsx';
import { MenuButton, MenuItem } from '../ui/menu.tsx';
import type { MessageActs } from './message-row.tsx';
import { reactionChoices, toggleReaction } from './reactions.tsx';

function EditDialog({ message, onClose }: { message: MessageView; onClose: () => void }) {
  const [value, setValue] = useState(message.text);
  const [busy, setBusy] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const changed = await attempt(editMessage(message.id, value));
    setBusy(false);
    if (!changed) return;
    takeMessage(changed, '');
    onClose();
  };
  return (
    <Dialog title={text.talks.editTitle} onClose={onClose}>
      <form class="form" onSubmit={(event) => void save(event)}>
        <textarea
          class="input"
          rows={5}
          aria-label={text.talks.editTitle}
          value={value}
          onInput={(event) => setValue(event.currentTarget.value)}
        />
        <div class="actions">
          <Button type="submit" tone="primary" busy={busy} disabled={value.trim() === ''}>
            {text.act.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What can be done with a message; shown beside its bubble. */
export function MessageTools(props: {
  message: MessageView;
  detail: ConversationDetail;
  acts: MessageActs;
}) {
  const { message, detail, acts } = props;
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null);
  const words = text.talks.tools;
  const { actions, quotes } = detail.capabilities;
  const own = message.direction === 'out' && message.author.id === me.value?.id;
  const arrived = own && ['sent', 'delivered', 'read'].includes(message.delivery?.state ?? '');
  const plain = message.parts.length === 1 && message.parts[0]?.kind === 'text';
  const emoji = reactionChoices(detail, message);
  const mayReply = quotes && detail.may.reply && message.direction !== 'note';
  const remove = async () => {
    const changed = await attempt(removeMessage(message.id));
    if (changed) takeMessage(changed, '');
  };
  return (
    <div class="tools">
      {mayReply && (
        <Button
          small
          tone="quiet"
          icon="reply"
          label={words.reply}
          onClick={() => acts.reply(message)}
        />
      )}
      <MenuButton icon="more" label={words.menu} small tone="quiet">
        {(close) => {
          const then = (act: () => unknown) => () => {
            close();
            act();
          };
          return (
            <>
              {emoji.length > 0 && (
                <div class="emoji-row" role="group" aria-label={text.talks.reactions.add}>
                  {emoji.map((one) => (
                    <Button
                      key={one}
                      small
                      tone="quiet"
                      label={`${text.talks.reactions.add} ${one}`}
                      onClick={then(() => toggleReaction(message, one))}
                    >
                      {one}
                    </Button>
                  ))}
                </div>
              )}
              <MenuItem
                icon="copy"
                onPick={then(() => navigator.clipboard?.writeText(message.text))}
              >
                {words.copy}
              </MenuItem>
              {arrived && actions.includes('edit') && plain && (
                <MenuItem icon="edit" onPick={then(() => setDialog('edit'))}>
                  {words.edit}
                </MenuItem>
              )}
              {arrived && actions.includes('remove') && (
                <MenuItem icon="trash" tone="danger" onPick={then(() => setDialog('remove'))}>
                  {words.remove}
                </MenuItem>
              )}
            </>
          );
        }}
      </MenuButton>
      {dialog === 'edit' && <EditDialog message={message} onClose={() => setDialog(null)} />}
      {dialog === 'remove' && (
        <Confirm
          question={text.talks.removeAsk}
          action={text.act.remove}
          onConfirm={() => void remove()}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}

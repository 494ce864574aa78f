import type { MessageView } from '../../../src/contract/wire.ts';
import { text } from '../text/index.ts';
import { dateTime } from '../text/time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { RichText } from '../ui/rich-text.tsx';

/** What a message said before. */
export function EditsDialog({ message, onClose }: { message: MessageView; onClose: () => void }) {
  return (
    <Dialog title={text.talks.editsTitle} onClose={onClose}>
      <div class="stack">
        {message.edits.map(({ text: earlier, at }) => (
          <div key={at}>
            <div class="muted small-text">{dateTime(at)}</div>
            <RichText text={earlier} />
          </div>
        ))}
      </div>
    </Dialog>
  );
}

import { useRef } from 'preact/hooks';
import { addFiles } from '../state/uploads.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

const words = text.composer;

/** Whether an answer or an internal note is written. */
export function ModeSwitch({
  note,
  onMode,
}: {
  note: boolean;
  onMode: (mode: 'reply' | 'note') => void;
}) {
  return (
    <div class="mode" role="group" aria-label={words.modeLabel}>
      <button
        type="button"
        aria-pressed={!note}
        title={`${words.reply} (r)`}
        onClick={() => onMode('reply')}
      >
        <Icon name="reply" small />
        {words.reply}
      </button>
      <button
        type="button"
        aria-pressed={note}
        title={`${words.note} (n)`}
        onClick={() => onMode('note')}
      >
        <Icon name="note" small />
        {words.note}
      </button>
    </div>
  );
}

/** What the writer should know now: how much fits, or which keys there are. */
export function Hint({ command, left }: { command: boolean; left: number | null }) {
  if (left !== null && !command)
    return (
      <span class={left < 0 ? 'counter over' : 'counter'}>
        {left < 0 ? words.over(-left) : words.left(left)}
      </span>
    );
  return <span class="counter clip wide-only">{command ? words.commandHelp : words.keys}</span>;
}

/** Chooses files from the machine. */
export function AttachButton({ id }: { id: string }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={words.attach}
        onChange={(event) => {
          addFiles(id, [...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <Button
        tone="quiet"
        icon="clip"
        label={words.attach}
        onClick={() => input.current?.click()}
      />
    </>
  );
}

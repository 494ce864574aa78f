import { useRef, useState } from 'preact/hooks';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { WhenPicker } from '../ui/when-picker.tsx';

const words = text.composer.later;

/** Sends what is written at a time to come. */
export function SendLater({ disabled, onPick }: { disabled: boolean; onPick: (at: Date) => void }) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button
        buttonRef={anchor}
        tone="quiet"
        icon="clock"
        label={words.button}
        disabled={disabled}
        expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <WhenPicker
          anchor={() => anchor.current}
          title={words.title}
          help={words.help}
          action={words.set}
          onPick={(at) => {
            setOpen(false);
            onPick(at);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

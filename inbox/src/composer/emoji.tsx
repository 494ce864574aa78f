import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { theme } from '../state/theme.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { insertText } from './toolbar.tsx';

const DATA = '/emoji-en.json';

/** Opens the emoji picker; its code and data come at the first use. */
export function EmojiButton(props: {
  writer: RefObject<HTMLTextAreaElement | null>;
  onChange: (value: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const [loading, setLoading] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const onChange = useRef(props.onChange);
  onChange.current = props.onChange;
  useEffect(() => {
    const place = box.current;
    if (!open || !place) return;
    let gone = false;
    setLoading(true);
    void import('emoji-picker-element').then(({ Picker }) => {
      if (gone) return;
      setLoading(false);
      const picker = new Picker({ dataSource: DATA, locale: 'en' });
      picker.className = document.documentElement.dataset.theme ?? theme.value;
      picker.addEventListener('emoji-click', (event) => {
        insertText(props.writer.current, event.detail.unicode ?? '', '', onChange.current);
        const area = props.writer.current;
        const end = (area?.selectionEnd ?? 0) + (event.detail.unicode?.length ?? 0);
        requestAnimationFrame(() => area?.setSelectionRange(end, end));
        setOpen(false);
      });
      place.append(picker);
    });
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !place.parentElement?.contains(event.target))
        setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setOpen(false);
      props.writer.current?.focus();
    };
    document.addEventListener('pointerdown', outside, true);
    place.addEventListener('keydown', onKey);
    return () => {
      gone = true;
      document.removeEventListener('pointerdown', outside, true);
      place.removeEventListener('keydown', onKey);
    };
  }, [open]);
  return (
    <span>
      <Button
        tone="quiet"
        icon="smile"
        label={text.composer.emoji}
        busy={loading}
        expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && <div class="emoji-box" ref={box} />}
    </span>
  );
}

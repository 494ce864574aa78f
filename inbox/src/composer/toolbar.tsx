import type { RefObject } from 'preact';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import type { IconName } from '../ui/icon.tsx';

/** Puts text in place of the selection and keeps the caret after it. */
export function insertText(
  area: HTMLTextAreaElement | null,
  before: string,
  after: string,
  onChange: (value: string) => void,
): void {
  if (!area) return;
  const { selectionStart, selectionEnd, value } = area;
  const inner = value.slice(selectionStart, selectionEnd);
  onChange(value.slice(0, selectionStart) + before + inner + after + value.slice(selectionEnd));
  const from = selectionStart + before.length;
  requestAnimationFrame(() => {
    area.focus();
    area.setSelectionRange(from, from + inner.length);
  });
}

/** Puts a fence around the selection. */
export const wrapSelection = (
  area: HTMLTextAreaElement | null,
  fence: string,
  onChange: (value: string) => void,
): void => insertText(area, fence, fence, onChange);

const words = text.composer;
const TOOLS: readonly { icon: IconName; label: string; before: string; after: string }[] = [
  { icon: 'bold', label: words.bold, before: '**', after: '**' },
  { icon: 'italic', label: words.italic, before: '_', after: '_' },
  { icon: 'strike', label: words.strike, before: '~~', after: '~~' },
  { icon: 'code', label: words.code, before: '`', after: '`' },
  { icon: 'link', label: words.link, before: '[', after: '](https://)' },
];

/** Formatting, where the channel carries it. */
export function Toolbar(props: {
  writer: RefObject<HTMLTextAreaElement | null>;
  onChange: (value: string) => void;
}) {
  return (
    <span class="toolbar wide-only" role="group" aria-label={words.format}>
      {TOOLS.map(({ icon, label, before, after }) => (
        <Button
          key={icon}
          tone="quiet"
          icon={icon}
          label={label}
          onClick={() => insertText(props.writer.current, before, after, props.onChange)}
        />
      ))}
    </span>
  );
}

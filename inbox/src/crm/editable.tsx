import { useState } from 'preact/hooks';
import { attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';

/** A value that is changed where it stands: press, type, Enter; Escape leaves it. */
export function Editable(props: {
  label: string;
  value: string;
  /** Shown while there is no value. */
  blank: string;
  multiline?: boolean;
  readOnly?: boolean;
  save: (value: string) => Promise<unknown>;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (props.readOnly) return <span>{props.value || text.none}</span>;
  if (typed === null)
    return (
      <button
        type="button"
        class={props.value ? 'editable' : 'editable blank'}
        title={text.act.edit}
        aria-label={`${props.label}: ${props.value || props.blank}`}
        onClick={() => setTyped(props.value)}
      >
        {props.value || props.blank}
      </button>
    );
  const done = async () => {
    const value = typed.trim();
    if (value === props.value) return setTyped(null);
    setBusy(true);
    const saved = await attempt(props.save(value));
    setBusy(false);
    if (saved !== null) setTyped(null);
  };
  const common = {
    class: 'input',
    value: typed,
    'aria-label': props.label,
    disabled: busy,
    ref: (element: HTMLElement | null) => {
      if (element && document.activeElement !== element && !busy) element.focus();
    },
    onBlur: () => void done(),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        setTyped(null);
      }
      if (event.key === 'Enter' && !(props.multiline && event.shiftKey)) {
        event.preventDefault();
        void done();
      }
    },
  };
  return props.multiline ? (
    <textarea {...common} rows={3} onInput={(event) => setTyped(event.currentTarget.value)} />
  ) : (
    <input {...common} onInput={(event) => setTyped(event.currentTarget.value)} />
  );
}

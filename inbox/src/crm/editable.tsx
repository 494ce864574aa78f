import { useRef, useState } from 'preact/hooks';
import { asApiError } from '../api/http.ts';
import { text } from '../text/index.ts';

/** A value that is changed where it stands: press, type, Enter; Escape leaves it. A refusal stands under it. */
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
  const [refusal, setRefusal] = useState<string | null>(null);
  const saving = useRef(false);
  const leave = () => {
    setTyped(null);
    setRefusal(null);
  };
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
    if (saving.current) return;
    const value = typed.trim();
    if (value === props.value) return leave();
    saving.current = true;
    try {
      await props.save(value);
      leave();
    } catch (error) {
      setRefusal(asApiError(error).message);
    } finally {
      saving.current = false;
    }
  };
  const common = {
    class: 'input',
    value: typed,
    'aria-label': props.label,
    'aria-invalid': refusal !== null,
    ref: (element: HTMLElement | null) => {
      if (element && !element.dataset['seen']) {
        element.dataset['seen'] = 'yes';
        element.focus();
      }
    },
    // What was refused once is left, not sent again.
    onBlur: () => (refusal === null ? void done() : leave()),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        leave();
      }
      if (event.key === 'Enter' && !(props.multiline && event.shiftKey)) {
        event.preventDefault();
        void done();
      }
    },
  };
  const onInput = (event: { currentTarget: { value: string } }) => {
    setTyped(event.currentTarget.value);
    setRefusal(null);
  };
  return (
    <>
      {props.multiline ? (
        <textarea {...common} rows={3} onInput={onInput} />
      ) : (
        <input {...common} onInput={onInput} />
      )}
      {refusal && (
        <p class="problem" role="alert">
          {refusal}
        </p>
      )}
    </>
  );
}

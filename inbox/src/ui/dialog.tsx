import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { text } from '../text/index.ts';
import { Button } from './button.tsx';

/**
 * Opens a native dialog while mounted: focus stays inside and returns afterwards; Escape and a press outside close it.
 * @param sticky only its own buttons close it: for what cannot be shown again
 */
export function useModal(onClose: () => void, sticky = false) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return {
    ref,
    onCancel: (event: Event) => {
      event.preventDefault();
      if (!sticky) onClose();
    },
    onMouseDown: (event: MouseEvent) => {
      if (event.target === ref.current && !sticky) onClose();
    },
  };
}

/** A dialog with a title. */
export function Dialog(props: {
  title: string;
  onClose: () => void;
  wide?: boolean;
  sticky?: boolean;
  children: ComponentChildren;
}) {
  const modal = useModal(props.onClose, props.sticky);
  const id = useId();
  return (
    <dialog {...modal} class={props.wide ? 'dialog wide' : 'dialog'} aria-labelledby={id}>
      <header>
        <h2 id={id}>{props.title}</h2>
        <Button icon="cross" label={text.act.close} tone="quiet" onClick={props.onClose} />
      </header>
      <div class="body">{props.children}</div>
    </dialog>
  );
}

/** Asks before something that cannot be taken back. */
export function Confirm(props: {
  question: string;
  action: string;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const action = useRef<HTMLButtonElement>(null);
  useEffect(() => action.current?.focus(), []);
  return (
    <Dialog title={props.question} onClose={props.onClose}>
      <div class="actions">
        <Button onClick={props.onClose}>{text.act.cancel}</Button>
        <Button
          buttonRef={action}
          tone="danger"
          onClick={() => {
            props.onConfirm();
            props.onClose();
          }}
        >
          {props.action}
        </Button>
      </div>
    </Dialog>
  );
}

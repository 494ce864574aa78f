import type { ComponentChildren } from 'preact';
import { text } from '../text/index.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import type { FormState } from './use-form.ts';

/** A dialog that makes something new: fields, what was refused about them (both its children), and the button that adds it. */
export function CreateDialog<V extends object, R>(props: {
  title: string;
  form: FormState<V>;
  create: (value: V) => Promise<R>;
  /** Not called when it was refused. */
  onMade: (made: R) => void;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const submit = async (event: Event) => {
    event.preventDefault();
    const made = await props.form.submit(props.create);
    if (made) props.onMade(made);
  };
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        {props.children}
        <div class="actions">
          <Button type="submit" tone="primary" busy={props.form.busy}>
            {text.act.add}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

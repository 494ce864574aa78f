import { useState } from 'preact/hooks';
import type { FlowView } from '../../../src/contract/wire.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';

const words = text.flows;

/** Asks what is new before new talks get it. */
export function PublishDialog(props: {
  flow: FlowView;
  busy: boolean;
  onPublish: (note: string) => void;
  onClose: () => void;
}) {
  const [note, setNote] = useState('');
  const names = props.flow.lines.map(({ name }) => name).join(', ');
  return (
    <Dialog title={words.publishTitle} onClose={props.onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          props.onPublish(note);
        }}
      >
        <p>{words.publishHelp}</p>
        <p class="muted">{names ? words.state.onLines(names) : words.state.noLines}</p>
        <TextField
          label={words.note}
          help={words.noteHelp}
          value={note}
          onChange={setNote}
          optional
        />
        <div class="actions">
          <Button onClick={props.onClose}>{text.act.cancel}</Button>
          <Button type="submit" tone="primary" busy={props.busy}>
            {words.publish}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import type { LeadView } from '../../../src/contract/wire.ts';
import { createLead } from '../api/crm.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Problem } from '../ui/feedback.tsx';
import { TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { useForm } from '../ui/use-form.ts';

/** Makes a lead of somebody who did not write: met at a fair, recommended by a customer. It is the maker's own. */
export function NewLeadDialog(props: { onClose: () => void; onMade: (lead: LeadView) => void }) {
  const words = text.crm;
  const form = useForm({ name: '', note: '' });
  const { value, set, error } = form;
  const submit = async (event: Event) => {
    event.preventDefault();
    const lead = await form.submit(({ name, note }) =>
      createLead({ name: name.trim(), note: note.trim() }),
    );
    if (!lead) return;
    props.onMade(lead);
    props.onClose();
  };
  return (
    <Dialog title={words.newLead} onClose={props.onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <TextField
          label={words.name}
          value={value.name}
          onChange={(name) => set({ name })}
          problem={problemOf(error, 'name')}
          required
        />
        <TextField
          label={words.note}
          value={value.note}
          onChange={(note) => set({ note })}
          problem={problemOf(error, 'note')}
          multiline
          optional
        />
        {error && !error.field && <Problem error={error} />}
        <div class="actions">
          <Button type="submit" tone="primary" busy={form.busy}>
            {text.act.add}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import type { LeadView } from '../../../src/contract/wire.ts';
import { createLead } from '../api/crm.ts';
import { text } from '../text/index.ts';
import { CreateDialog } from '../ui/create-dialog.tsx';
import { Problem } from '../ui/feedback.tsx';
import { TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { useForm } from '../ui/use-form.ts';

/** Makes a lead of somebody who did not write: met at a fair, recommended by a customer. It is the maker's own. */
export function NewLeadDialog(props: { onClose: () => void; onMade: (lead: LeadView) => void }) {
  const words = text.crm;
  const form = useForm({ name: '', note: '' });
  const { value, set, error } = form;
  return (
    <CreateDialog
      title={words.newLead}
      form={form}
      create={({ name, note }) => createLead({ name: name.trim(), note: note.trim() })}
      onMade={(made) => {
        props.onMade(made);
        props.onClose();
      }}
      onClose={props.onClose}
    >
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
    </CreateDialog>
  );
}

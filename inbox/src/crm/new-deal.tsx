import type { DealView } from '../../../src/contract/wire.ts';
import { createDeal } from '../api/crm.ts';
import { session } from '../state/session.ts';
import { text } from '../text/index.ts';
import { CreateDialog } from '../ui/create-dialog.tsx';
import { Problem } from '../ui/feedback.tsx';
import { TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { useForm } from '../ui/use-form.ts';

/** Makes a deal. */
export function NewDealDialog(props: {
  contactId?: string;
  conversationId?: string;
  onClose: () => void;
  onMade: (deal: DealView) => void;
}) {
  const words = text.crm;
  const form = useForm({
    title: '',
    amount: '',
    currency: session.value?.company.currency ?? 'EUR',
  });
  const { value, set, error } = form;
  return (
    <CreateDialog
      title={words.newDeal}
      form={form}
      create={({ title, amount, currency }) =>
        createDeal({
          title: title.trim(),
          amount: {
            amount: (amount.trim() || '0').replace(',', '.'),
            currency: currency.trim().toUpperCase(),
          },
          ...(props.contactId ? { contactId: props.contactId } : {}),
          ...(props.conversationId ? { conversationId: props.conversationId } : {}),
        })
      }
      onMade={(made) => {
        props.onMade(made);
        props.onClose();
      }}
      onClose={props.onClose}
    >
      <TextField
        label={words.title}
        value={value.title}
        onChange={(title) => set({ title })}
        problem={problemOf(error, 'title')}
        required
      />
      <div class="two">
        <TextField
          label={words.amount}
          value={value.amount}
          onChange={(amount) => set({ amount })}
          problem={problemOf(error, 'amount')}
          placeholder="0.00"
        />
        <TextField
          label={words.currency}
          value={value.currency}
          onChange={(currency) => set({ currency })}
          problem={problemOf(error, 'currency')}
        />
      </div>
      {error && <Problem error={error} />}
    </CreateDialog>
  );
}

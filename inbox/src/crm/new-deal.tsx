import { useState } from 'preact/hooks';
import type { DealView } from '../../../src/contract/wire.ts';
import { createDeal } from '../api/crm.ts';
import { asApiError } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';
import { session } from '../state/session.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Problem } from '../ui/feedback.tsx';
import { TextField, problemOf } from '../ui/field.tsx';

/** Makes a deal. */
export function NewDealDialog(props: {
  contactId?: string;
  conversationId?: string;
  onClose: () => void;
  onMade: (deal: DealView) => void;
}) {
  const words = text.crm;
  const [title, setTitle] = useState('');
  const [amount, setAmount] = useState('');
  const [currency, setCurrency] = useState(session.value?.company.currency ?? 'EUR');
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const deal = await createDeal({
        title: title.trim(),
        amount: {
          amount: (amount.trim() || '0').replace(',', '.'),
          currency: currency.trim().toUpperCase(),
        },
        ...(props.contactId ? { contactId: props.contactId } : {}),
        ...(props.conversationId ? { conversationId: props.conversationId } : {}),
      });
      props.onMade(deal);
      props.onClose();
    } catch (problem) {
      setError(asApiError(problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={words.newDeal} onClose={props.onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <TextField
          label={words.title}
          value={title}
          onChange={setTitle}
          problem={problemOf(error, 'title')}
          required
        />
        <div class="two">
          <TextField
            label={words.amount}
            value={amount}
            onChange={setAmount}
            problem={problemOf(error, 'amount')}
            placeholder="0.00"
          />
          <TextField
            label={words.currency}
            value={currency}
            onChange={setCurrency}
            problem={problemOf(error, 'currency')}
          />
        </div>
        {error && <Problem error={error} />}
        <div class="actions">
          <Button type="submit" tone="primary" busy={busy}>
            {text.act.add}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

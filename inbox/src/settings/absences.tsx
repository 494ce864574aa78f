import { useState } from 'preact/hooks';
import type { AbsenceKind, AbsenceView, UserView } from '../../../src/contract/wire.ts';
import { addAbsence, listAbsences, removeAbsence } from '../api/people.ts';
import { attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { wallTime } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Problem } from '../ui/feedback.tsx';
import { CheckField, Field, SelectField, TextField, inputType } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { useLoad } from '../ui/use-load.ts';
import { useForm } from '../ui/use-form.ts';

const words = text.away.absences;
const KINDS: readonly AbsenceKind[] = ['holiday', 'ill', 'other'];

function Row({ absence, onRemove }: { absence: AbsenceView; onRemove: () => void }) {
  const { from, to, kind, note } = absence;
  const range = from === to ? wallTime(from) : `${wallTime(from)} – ${wallTime(to)}`;
  return (
    <li class="item-row">
      <span class="grow">
        <strong>{range}</strong>
        <br />
        <span class="muted small-text">
          {[words.kinds[kind], note].filter(Boolean).join(' · ')}
        </span>
      </span>
      <Button small icon="trash" label={`${text.act.remove} ${range}`} onClick={onRemove} />
    </li>
  );
}

function AddForm({ userId, onAdded }: { userId: string; onAdded: () => void }) {
  const form = useForm({ from: '', to: '', kind: 'holiday' as AbsenceKind, note: '' });
  const [whole, setWhole] = useState(true);
  const { value, set, error } = form;
  const type = whole ? 'date' : 'datetime-local';
  const add = async (event: Event) => {
    event.preventDefault();
    const added = await form.submit(({ to, ...rest }) =>
      addAbsence(userId, { ...rest, to: to || rest.from }),
    );
    if (!added) return;
    set({ from: '', to: '', note: '' });
    onAdded();
  };
  const moment = (name: 'from' | 'to', label: string) => (
    <Field label={label} problem={problemOf(error, name)}>
      {(ids) => (
        <input
          {...ids}
          class="input"
          {...inputType(type)}
          required={name === 'from' || !whole}
          value={value[name]}
          min={name === 'to' ? value.from : undefined}
          onInput={(event) => set({ [name]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  return (
    <form class="form" onSubmit={(event) => void add(event)}>
      <CheckField
        label={words.wholeDays}
        value={whole}
        onChange={(on) => {
          setWhole(on);
          set({ from: '', to: '' });
        }}
      />
      <div class="two">
        {moment('from', words.from)}
        {moment('to', whole ? words.to : words.until)}
      </div>
      <div class="two">
        <SelectField
          label={words.kind}
          value={value.kind}
          options={KINDS.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
          onChange={(kind) => set({ kind })}
        />
        <TextField
          label={words.note}
          value={value.note}
          onChange={(note) => set({ note })}
          problem={problemOf(error, 'note')}
          optional
        />
      </div>
      {error && !error.field && <Problem error={error} />}
      <div class="actions">
        <Button type="submit" icon="plus" busy={form.busy}>
          {words.add}
        </Button>
      </div>
    </form>
  );
}

/** When somebody is away. `own`: it is the reader; their hours are shown, not set. */
export function Absences({ user, own = false }: { user: UserView; own?: boolean }) {
  const loaded = useLoad(() => listAbsences(user.id), user.id);
  const [removing, setRemoving] = useState<AbsenceView | null>(null);
  const remove = async (absence: AbsenceView) => {
    await attempt(removeAbsence(user.id, absence.id));
    loaded.again();
  };
  const today = new Date().toISOString().slice(0, 10);
  const coming = loaded.value?.items.filter(({ to }) => to.slice(0, 10) >= today) ?? [];
  return (
    <section class="form" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p class="help">{words.help}</p>
      {own && Object.keys(user.hours ?? {}).length > 0 && <p class="help">{text.away.hours.own}</p>}
      {loaded.error && <Problem error={loaded.error} retry={loaded.again} />}
      {loaded.value && coming.length === 0 && <p class="muted">{words.none}</p>}
      {coming.length > 0 && (
        <ul class="items">
          {coming.map((absence) => (
            <Row key={absence.id} absence={absence} onRemove={() => setRemoving(absence)} />
          ))}
        </ul>
      )}
      <AddForm userId={user.id} onAdded={loaded.again} />
      {removing && (
        <Confirm
          question={words.removeAsk}
          action={text.act.remove}
          onConfirm={() => void remove(removing)}
          onClose={() => setRemoving(null)}
        />
      )}
    </section>
  );
}

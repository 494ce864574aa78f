import { useEffect, useState } from 'preact/hooks';
import type { CannedAnswerView } from '../../../src/contract/wire.ts';
import { changeCanned, createCanned, removeCanned } from '../api/answers.ts';
import type { CannedBody } from '../api/answers.ts';
import { canned, loadCanned } from '../state/canned.ts';
import { lines } from '../state/people.ts';
import { attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Confirm, Dialog } from '../ui/dialog.tsx';
import { Empty, Loading, Problem } from '../ui/feedback.tsx';
import { CheckField, TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { CannedActs } from './canned-acts.tsx';
import { SectionHead } from './section-head.tsx';
import { useForm } from '../ui/use-form.ts';

const words = text.settings.canned;
const VARIABLES = [
  'contact.name',
  'contact.firstName',
  'operator.name',
  'operator.firstName',
  'line.name',
  'company.name',
] as const;
const FRESH: CannedBody = {
  shortcut: '',
  title: '',
  text: '',
  lineIds: [],
  acts: { tags: [], assignTo: null, close: null },
};

function CannedDialog(props: {
  answer: CannedAnswerView | null;
  onClose: () => void;
  onSaved: () => void;
}) {
  const { answer } = props;
  const form = useForm<CannedBody>(
    answer
      ? {
          shortcut: answer.shortcut,
          title: answer.title,
          text: answer.text,
          lineIds: answer.lineIds,
          acts: answer.acts,
        }
      : FRESH,
  );
  const { value, set, error } = form;
  const save = async (event: Event) => {
    event.preventDefault();
    const saved = await form.submit((body) =>
      answer ? changeCanned(answer.id, body) : createCanned(body),
    );
    if (saved) props.onSaved();
  };
  return (
    <Dialog
      title={answer ? answer.title || answer.shortcut : words.add}
      wide
      onClose={props.onClose}
    >
      <form class="form" onSubmit={(event) => void save(event)}>
        <div class="two">
          <TextField
            label={words.shortcut}
            value={value.shortcut}
            help={words.shortcutHelp}
            problem={problemOf(error, 'shortcut')}
            onChange={(shortcut) => set({ shortcut })}
            required
          />
          <TextField
            label={words.title}
            value={value.title}
            problem={problemOf(error, 'title')}
            onChange={(title) => set({ title })}
            optional
          />
        </div>
        <TextField
          label={words.text}
          multiline
          value={value.text}
          help={words.textHelp}
          problem={problemOf(error, 'text')}
          onChange={(typed) => set({ text: typed })}
          required
        />
        <div class="row wrap" role="group" aria-label={words.variables}>
          {VARIABLES.map((name) => (
            <Button key={name} small onClick={() => set({ text: `${value.text}{{${name}}}` })}>
              {words.variable[name]}
            </Button>
          ))}
        </div>
        <fieldset class="field">
          <legend class="label">{words.lines}</legend>
          <p class="help">{words.linesHelp}</p>
          {(lines.value ?? []).map((line) => (
            <CheckField
              key={line.id}
              label={line.name}
              value={value.lineIds.includes(line.id)}
              onChange={(on) =>
                set({
                  lineIds: on
                    ? [...value.lineIds, line.id]
                    : value.lineIds.filter((id) => id !== line.id),
                })
              }
            />
          ))}
        </fieldset>
        <CannedActs value={value.acts} error={error} onChange={(acts) => set({ acts })} />
        {error && !error.field && <Problem error={error} />}
        <div class="actions">
          <Button type="submit" tone="primary" busy={form.busy}>
            {text.act.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Texts that are used again and again. */
export function CannedSection() {
  const [editing, setEditing] = useState<CannedAnswerView | 'new' | null>(null);
  const [removing, setRemoving] = useState<CannedAnswerView | null>(null);
  useEffect(() => void loadCanned(true), []);
  const all = canned.value;
  const lineName = (id: string) => lines.value?.find((line) => line.id === id)?.name ?? '';
  return (
    <>
      <SectionHead title={text.settings.nav.canned} intro={words.intro}>
        <Button tone="primary" icon="plus" onClick={() => setEditing('new')}>
          {words.add}
        </Button>
      </SectionHead>
      {all === null && <Loading />}
      {all?.length === 0 && <Empty icon="canned" title={words.empty} help={words.emptyHelp} />}
      {all && all.length > 0 && (
        <ul class="items">
          {all.map((answer) => (
            <li key={answer.id} class="row">
              <button type="button" class="item-row" onClick={() => setEditing(answer)}>
                <span class="grow canned-item">
                  <strong>{answer.title || answer.shortcut}</strong>{' '}
                  <code>//{answer.shortcut}</code>
                  <span class="muted small-text clip">{answer.text}</span>
                </span>
                {answer.lineIds.length > 0 && (
                  <span class="chip clip">{answer.lineIds.map(lineName).join(', ')}</span>
                )}
              </button>
              <Button
                small
                tone="quiet"
                icon="trash"
                label={`${text.act.remove}: ${answer.shortcut}`}
                onClick={() => setRemoving(answer)}
              />
            </li>
          ))}
        </ul>
      )}
      {editing && (
        <CannedDialog
          answer={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={() => {
            setEditing(null);
            void loadCanned(true);
          }}
        />
      )}
      {removing && (
        <Confirm
          question={words.removeAsk(removing.shortcut)}
          action={text.act.remove}
          onConfirm={() => void attempt(removeCanned(removing.id)).then(() => loadCanned(true))}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  );
}

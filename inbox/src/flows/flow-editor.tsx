import { useEffect, useState } from 'preact/hooks';
import type { FlowScript } from '../../../src/contract/composed.ts';
import type { FlowView } from '../../../src/contract/wire.ts';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { changeFlow, publishFlow, readFlow, removeFlow } from '../api/flows.ts';
import { SectionHead } from '../settings/section-head.tsx';
import { can } from '../state/session.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { NoteBox, Problem } from '../ui/feedback.tsx';
import { CheckField, ChoiceField, TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { useForm } from '../ui/use-form.ts';
import { FlowChips } from './flow-chips.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { Simulator } from './simulator.tsx';
import { StepList } from './step-list.tsx';
import { keepUnsaved, unsaved } from './unsaved.ts';
import { useSimulation } from './use-simulation.ts';
import { Versions } from './versions.tsx';

const words = text.flows;
const BEGINS = ['opened', 'queued', 'closed'] as const;
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What is edited of a flow. */
const edited = ({ name, draft, rev }: FlowView) => ({ name, draft, rev });

/** Keeps what is being typed as it is: a comma is not taken away again. */
function CallWords(props: { value: readonly string[]; onChange: (words: string[]) => void }) {
  const [typed, setTyped] = useState(props.value.join(', '));
  const listed = (text: string) =>
    text
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean);
  // Another draft was loaded.
  const shown = same(listed(typed), props.value) ? typed : props.value.join(', ');
  return (
    <TextField
      label={words.callWords}
      help={words.callWordsHelp}
      value={shown}
      onChange={(next) => {
        setTyped(next);
        props.onChange(listed(next));
      }}
      optional
    />
  );
}

/** Composes one flow: its steps, a talk with it beside them, and its versions. */
export function FlowEditor(props: { flow: FlowView; onChanged: (flow: FlowView) => void }) {
  const { flow } = props;
  const held = unsaved.value.get(flow.id);
  const form = useForm(held ?? edited(flow));
  const { error, busy } = form;
  const { name, draft, rev } = form.value;
  const [asking, setAsking] = useState<'publish' | 'versions' | 'remove' | 'discard' | null>(null);
  const simulation = useSimulation(draft);
  const { view } = simulation;
  const mayChange = can('flow.change');
  const dirty = name !== flow.name || !same(draft, flow.draft);
  const problems = view?.problems ?? flow.problems;
  const whole = problems.filter(({ step }) => step === null);

  useEffect(() => {
    keepUnsaved(flow.id, dirty ? { name, draft, rev } : null);
  }, [name, draft, rev, dirty]);
  useEffect(
    () => () => {
      if (unsaved.value.has(flow.id))
        tell('warn', words.leftUnsaved(flow.name), words.leftUnsavedHelp);
    },
    [],
  );

  const take = (next: FlowView) => {
    form.reset(edited(next));
    keepUnsaved(flow.id, null);
    props.onChanged(next);
  };
  const save = async (): Promise<FlowView | null> => {
    if (!dirty) return flow;
    const saved = await form.submit((value) => changeFlow(flow.id, value));
    if (saved) take(saved);
    return saved;
  };
  const publish = async (note: string) => {
    const saved = await save();
    const done = saved && (await form.submit(() => publishFlow(flow.id, { rev: saved.rev, note })));
    if (done) {
      take(done);
      tell('good', words.published(done.published?.number ?? 0));
    }
    setAsking(null);
  };
  const loadTheirs = async () => {
    const theirs = await attempt(readFlow(flow.id));
    if (theirs) take(theirs);
  };
  const remove = async () => {
    const removed = await attempt(removeFlow(flow.id).then(() => true));
    if (!removed) return;
    keepUnsaved(flow.id, null);
    navigate(to.settings('flows'), true);
  };
  const change = (part: Partial<FlowScript>) => form.set({ draft: { ...draft, ...part } });

  return (
    <div class="flow-page">
      <SectionHead title={flow.name}>
        <FlowChips flow={flow} />
        {dirty && <span class="chip warn">{words.state.unsaved}</span>}
      </SectionHead>
      {!mayChange && <NoteBox>{words.readOnly}</NoteBox>}
      <div class="flow-columns">
        <div class="form">
          <fieldset class="form plain" disabled={!mayChange}>
            <legend class="hidden-text">{flow.name}</legend>
            <TextField
              label={words.name}
              help={words.nameHelp}
              required
              value={name}
              problem={problemOf(error, 'name')}
              onChange={(next) => form.set({ name: next })}
            />
            <ChoiceField
              label={words.begins}
              three
              value={draft.begins}
              options={BEGINS.map((value) => ({
                value,
                title: words.begin[value][0] ?? value,
                help: words.begin[value][1],
              }))}
              onChange={(begins) => change({ begins })}
            />
            {draft.begins === 'opened' && (
              <>
                <CheckField
                  label={words.holds}
                  help={words.holdsHelp}
                  value={draft.holds}
                  onChange={(holds) => change({ holds })}
                />
                <CallWords
                  value={draft.callWords}
                  onChange={(callWords) => change({ callWords })}
                />
              </>
            )}
          </fieldset>
          <div>
            <h2>{words.steps}</h2>
            <p class="help">{words.stepsHelp}</p>
          </div>
          <StepList
            steps={draft.steps}
            problems={problems}
            active={view?.turns.at(-1)?.at ?? null}
            readOnly={!mayChange}
            onChange={(steps) => change({ steps })}
          />
          {whole.map(({ message }) => (
            <NoteBox key={message} tone="warn">
              {message}
            </NoteBox>
          ))}
          {mayChange && problems.length > whole.length && <p class="help">{words.cannotPublish}</p>}
          {error && <Problem error={error} />}
          {error?.code === 'conflict' && (
            <div>
              <Button onClick={() => void loadTheirs()}>{words.loadTheirs}</Button>
            </div>
          )}
          <div class="actions flow-actions">
            {mayChange && (
              <>
                <Button busy={busy} disabled={!dirty} onClick={() => void save()}>
                  {words.save}
                </Button>
                <Button
                  tone="primary"
                  disabled={problems.length > 0 || (!dirty && !flow.changed)}
                  onClick={() => setAsking('publish')}
                >
                  {words.publish}
                </Button>
              </>
            )}
            <Button icon="clock" onClick={() => setAsking('versions')}>
              {words.versions}
            </Button>
            {mayChange && dirty && (
              <Button tone="quiet" onClick={() => setAsking('discard')}>
                {words.discard}
              </Button>
            )}
            {mayChange && (
              <Button tone="danger" icon="trash" onClick={() => setAsking('remove')}>
                {words.removeFlow}
              </Button>
            )}
          </div>
        </div>
        <Simulator script={draft} simulation={simulation} />
      </div>
      {asking === 'publish' && (
        <PublishDialog
          flow={flow}
          busy={busy}
          onPublish={(note) => void publish(note)}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'versions' && (
        <Versions
          flow={flow}
          mayChange={mayChange}
          onBroughtBack={(next) => {
            take(next);
            setAsking(null);
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'remove' && (
        <Confirm
          question={words.removeAsk(flow.name)}
          action={text.act.remove}
          onConfirm={() => void remove()}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'discard' && (
        <Confirm
          question={words.discardAsk}
          action={words.discard}
          onConfirm={() => take(flow)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

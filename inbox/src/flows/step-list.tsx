import { useEffect, useRef, useState } from 'preact/hooks';
import type { FlowProblem, FlowStep, FlowStepKind } from '../../../src/contract/composed.ts';
import { tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/feedback.tsx';
import { Icon } from '../ui/icon.tsx';
import { MenuButton, MenuItem } from '../ui/menu.tsx';
import { StepFields } from './step-fields.tsx';
import {
  freshId,
  insertStep,
  isReached,
  KIND_ICONS,
  KINDS,
  moveStep,
  nameOf,
  newStep,
  removeStep,
  summaryOf,
} from './steps.ts';

const words = text.flows;

/** A button whose menu offers every kind of step, each explained. */
function AddStep(props: {
  label: string;
  /** Left out: an icon. */
  text?: string;
  onPick: (kind: FlowStepKind) => void;
}) {
  return (
    <MenuButton
      icon="plus"
      small={!props.text}
      tone={props.text ? undefined : 'quiet'}
      label={props.label}
      text={props.text}
    >
      {(close) =>
        KINDS.map((kind) => (
          <MenuItem
            key={kind}
            icon={KIND_ICONS[kind]}
            onPick={() => {
              close();
              props.onPick(kind);
            }}
          >
            <span class="grow">
              {words.kind[kind][0]}
              <span class="help block">{words.kind[kind][1]}</span>
            </span>
          </MenuItem>
        ))
      }
    </MenuButton>
  );
}

interface StepCardProps {
  steps: readonly FlowStep[];
  at: number;
  step: FlowStep;
  open: boolean;
  /** It waits in the simulated talk. */
  active: boolean;
  problems: readonly FlowProblem[];
  readOnly: boolean;
  onOpen: () => void;
  onChange: (part: Partial<FlowStep>) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
  onInsert: (kind: FlowStepKind) => void;
}

function StepCard(props: StepCardProps) {
  const { steps, at, step, open, problems } = props;
  const name = nameOf(step);
  const problemOf = (field: string) =>
    problems.find((problem) => problem.field === field)?.message ?? null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (props.readOnly || !event.altKey) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as 1 | -1 | undefined;
    if (!by) return;
    event.preventDefault();
    if (at + by >= 0 && at + by < steps.length) props.onMove(by);
  };
  return (
    <li class={props.active ? 'step active' : 'step'} data-step={step.id}>
      <div class="step-head">
        <button
          type="button"
          class="step-open"
          data-act="open"
          aria-expanded={open}
          onClick={props.onOpen}
          onKeyDown={onKeyDown}
        >
          <span class="step-place">{at + 1}</span>
          <Icon name={KIND_ICONS[step.kind]} />
          <span class="grow step-words">
            <strong class="clip">{name}</strong>
            <span class="muted small-text clip">{summaryOf(steps, at)}</span>
          </span>
        </button>
        {props.active && <span class="chip good">{words.hereNow}</span>}
        {problems.length > 0 && <span class="chip warn">{words.problems(problems.length)}</span>}
        {!isReached(steps, at) && <span class="chip">{words.nothingLeadsHere}</span>}
        {!props.readOnly && (
          <span class="step-acts">
            <Button
              small
              tone="quiet"
              icon="up"
              act="up"
              label={words.up(name)}
              disabled={at === 0}
              onClick={() => props.onMove(-1)}
            />
            <Button
              small
              tone="quiet"
              icon="down"
              act="down"
              label={words.down(name)}
              disabled={at === steps.length - 1}
              onClick={() => props.onMove(1)}
            />
            <AddStep label={words.insert(name)} onPick={props.onInsert} />
            <Button
              small
              tone="quiet"
              icon="trash"
              label={words.remove(name)}
              onClick={props.onRemove}
            />
          </span>
        )}
      </div>
      {open && (
        <fieldset class="form step-body" disabled={props.readOnly}>
          <legend class="hidden-text">{name}</legend>
          <StepFields
            {...{ steps, at, step }}
            problem={problemOf}
            onChange={(part) => props.onChange(part)}
          />
        </fieldset>
      )}
    </li>
  );
}

/** What gets the focus after a change. */
interface Focus {
  id: string;
  on: 'open' | 'up' | 'down' | 'field';
}

/** The steps of a flow, one below the other; one of them is open. */
export function StepList(props: {
  steps: readonly FlowStep[];
  problems: readonly FlowProblem[];
  active: string | null;
  readOnly: boolean;
  onChange: (steps: FlowStep[]) => void;
}) {
  const { steps, onChange } = props;
  const [open, setOpen] = useState<string | null>(null);
  /** Just added: what it lacks is not yet a mistake. */
  const [fresh, setFresh] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const focus = useRef<Focus | null>(null);
  const latest = useRef(steps);
  latest.current = steps;
  useEffect(() => {
    const wanted = focus.current;
    const card = wanted && list.current?.querySelector(`[data-step="${wanted.id}"]`);
    if (!card) return;
    const find = (place: string) => card.querySelector<HTMLElement>(`${place}:not(:disabled)`);
    const found =
      wanted.on === 'field'
        ? find('.step-body :is(textarea, select, input)')
        : (find(`[data-act="${wanted.on}"]`) ?? find('[data-act="open"]'));
    // The list and what is open may be drawn one after the other: it waits until both are.
    if (!found) return;
    focus.current = null;
    found.focus();
  }, [steps, open]);

  const show = (id: string | null) => {
    setOpen(id);
    setFresh(null);
  };
  const insert = (at: number, kind: FlowStepKind) => {
    const step = newStep(kind, freshId(steps));
    onChange(insertStep(steps, at, step));
    setOpen(step.id);
    setFresh(step.id);
    focus.current = { id: step.id, on: 'field' };
  };
  const move = (at: number, by: 1 | -1) => {
    const step = steps[at];
    if (!step) return;
    const byKey = document.activeElement?.getAttribute('data-act') === 'open';
    focus.current = { id: step.id, on: byKey ? 'open' : by < 0 ? 'up' : 'down' };
    onChange(moveStep(steps, at, by));
    setTold(words.moved(nameOf(step), at + by + 1));
  };
  const remove = (at: number) => {
    const step = steps[at];
    if (!step) return;
    const neighbour = steps[at + 1] ?? steps[at - 1];
    if (neighbour) focus.current = { id: neighbour.id, on: 'open' };
    const after = removeStep(steps, at);
    onChange(after);
    // What was changed meanwhile stays: then only the step itself comes back.
    const undo = () =>
      onChange(latest.current === after ? [...steps] : insertStep(latest.current, at, step));
    tell('plain', words.removed(nameOf(step)), '', undefined, { label: words.undo, run: undo });
  };
  return (
    <>
      {steps.length === 0 && <Empty icon="command" title={words.noSteps} />}
      <ol class="steps" ref={list}>
        {steps.map((step, at) => (
          <StepCard
            key={step.id}
            {...{ steps, at, step }}
            open={open === step.id}
            active={props.active === step.id}
            readOnly={props.readOnly}
            problems={
              fresh === step.id ? [] : props.problems.filter((problem) => problem.step === at)
            }
            onOpen={() => show(open === step.id ? null : step.id)}
            onChange={(part) =>
              onChange(
                steps.map((one, index) => (index === at ? ({ ...one, ...part } as FlowStep) : one)),
              )
            }
            onMove={(by) => move(at, by)}
            onRemove={() => remove(at)}
            onInsert={(kind) => insert(at + 1, kind)}
          />
        ))}
      </ol>
      {!props.readOnly && (
        <div>
          <AddStep
            label={words.addStep}
            text={words.addStep}
            onPick={(kind) => insert(steps.length, kind)}
          />
        </div>
      )}
      <p class="hidden-text" aria-live="polite">
        {told}
      </p>
    </>
  );
}

import type { FlowStep, FlowStepOf } from '../../../src/contract/composed.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { TargetSelect } from './target-field.tsx';

const words = text.flows.field;
const MOST = 10;
type Option = FlowStepOf<'ask'>['options'][number];

function Told({ problem }: { problem: string | null }) {
  if (!problem) return null;
  return (
    <p class="problem" role="alert">
      {problem}
    </p>
  );
}

/** The answers to a question: each a button, and where it leads. */
export function AnswersField(props: {
  steps: readonly FlowStep[];
  at: number;
  options: readonly Option[];
  problem: (field: string) => string | null;
  onChange: (options: Option[]) => void;
}) {
  const { options, problem, onChange } = props;
  const change = (index: number, part: Partial<Option>) =>
    onChange(options.map((option, place) => (place === index ? { ...option, ...part } : option)));
  return (
    <fieldset class="field">
      <legend class="label">{words.answers}</legend>
      <p class="help">{words.answersHelp}</p>
      <ol class="answers">
        {options.map(({ label, next }, index) => {
          const wrongLabel = problem(`options.${index}.label`);
          const wrongNext = problem(`options.${index}.next`);
          return (
            <li key={index}>
              <div class="answer">
                <input
                  class="input"
                  aria-label={words.label(index + 1)}
                  aria-invalid={Boolean(wrongLabel)}
                  value={label}
                  onInput={(event) => change(index, { label: event.currentTarget.value })}
                />
                <TargetSelect
                  label={words.leadsTo(index + 1)}
                  steps={props.steps}
                  at={props.at}
                  value={next}
                  problem={wrongNext}
                  onChange={(target) => change(index, { next: target })}
                />
                <Button
                  small
                  tone="quiet"
                  icon="cross"
                  label={words.removeAnswer(index + 1)}
                  onClick={() => onChange(options.filter((_, place) => place !== index))}
                />
              </div>
              <Told problem={wrongLabel} />
              <Told problem={wrongNext} />
            </li>
          );
        })}
      </ol>
      <Told problem={problem('options')} />
      <div>
        <Button
          small
          icon="plus"
          disabled={options.length >= MOST}
          onClick={() => onChange([...options, { label: '', next: 'next' }])}
        >
          {words.addAnswer}
        </Button>
      </div>
    </fieldset>
  );
}

import type { FlowStep } from '../../../src/contract/composed.ts';
import { lines } from '../state/people.ts';
import { text } from '../text/index.ts';
import { CheckField, SelectField, TextField } from '../ui/field.tsx';
import { AnswersField } from './answers-field.tsx';
import { FIELDS } from './fields-of-kind.ts';
import type { StepField } from './fields-of-kind.ts';
import { TargetField } from './target-field.tsx';

const words = text.flows.field;

interface FieldsProps {
  steps: readonly FlowStep[];
  at: number;
  step: FlowStep;
  /** What is wrong with a field; null: nothing. */
  problem: (field: string) => string | null;
  onChange: (part: Partial<FlowStep>) => void;
}

const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function OneField(props: FieldsProps & { of: StepField }) {
  const { of, steps, at, step } = props;
  const { field, label, help, required } = of;
  const value = (step as unknown as Record<string, unknown>)[field];
  const set = (next: unknown) => props.onChange({ [field]: next });
  const common = { label, help, required, problem: props.problem(field), value: shown(value) };
  switch (of.as) {
    case 'answers':
      return step.kind === 'ask' ? (
        <AnswersField
          {...{ steps, at }}
          options={step.options}
          problem={props.problem}
          onChange={set}
        />
      ) : null;
    case 'target':
      return <TargetField {...common} {...{ steps, at }} stay={of.stay} onChange={set} />;
    case 'choice':
      return <SelectField {...common} options={of.options ?? []} onChange={set} />;
    case 'line':
      return (
        <SelectField
          {...common}
          options={[
            { value: '', label: words.chooseLine },
            ...(lines.value ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={set}
        />
      );
    case 'flag':
      return <CheckField label={label} help={help} value={value === true} onChange={set} />;
    case 'number':
      return (
        <TextField
          {...common}
          type="number"
          onChange={(typed) => set(typed === '' ? null : Number(typed))}
        />
      );
    default:
      return <TextField {...common} multiline={of.as === 'words'} onChange={set} />;
  }
}

/** Everything of one step, each setting explained where it stands. */
export function StepFields(props: FieldsProps) {
  const { step, problem, onChange } = props;
  const wrong = problem('kind') ?? problem('id');
  const fields = FIELDS[step.kind].filter(({ when }) => when?.(step) ?? true);
  const rare = fields.filter((of) => of.rare);
  const draw = (of: StepField) => <OneField key={of.label} {...props} of={of} />;
  return (
    <>
      {wrong && (
        <p class="problem" role="alert">
          {wrong}
        </p>
      )}
      {fields.filter((of) => !of.rare).map(draw)}
      <TextField
        label={words.stepName}
        help={words.stepNameHelp}
        placeholder={text.flows.kind[step.kind][0]}
        value={step.name}
        problem={problem('name')}
        onChange={(name) => onChange({ name })}
        optional
      />
      {rare.length > 0 && (
        <details open={rare.some(({ field }) => problem(field)) || undefined}>
          <summary>{text.settings.channels.advanced}</summary>
          <div class="form">{rare.map(draw)}</div>
        </details>
      )}
    </>
  );
}

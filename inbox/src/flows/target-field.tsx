import type { FlowStep, FlowTarget } from '../../../src/contract/composed.ts';
import { text } from '../text/index.ts';
import { SelectField } from '../ui/field.tsx';
import { placed } from './steps.ts';

const words = text.flows.target;
const STAY = { value: 'stay', label: words.stay };

interface TargetProps {
  label: string;
  help?: string;
  steps: readonly FlowStep[];
  /** Place of the step that it leads from. */
  at: number;
  value: FlowTarget;
  problem: string | null;
  /** Whether it may also stay where it is. */
  stay?: boolean;
  onChange: (target: FlowTarget) => void;
}

function optionsOf({ steps, at, value, stay }: TargetProps) {
  const below = steps[at + 1];
  const options = [
    ...(stay ? [STAY] : []),
    { value: 'next', label: below ? words.nextIs(placed(below, at + 1)) : words.next },
    { value: 'end', label: words.end },
    ...steps.map((step, index) => ({ value: step.id, label: placed(step, index) })),
  ];
  const known = options.some((option) => option.value === value);
  return known ? options : [...options, { value, label: words.gone }];
}

/** Where it goes on from here. */
export function TargetField(props: TargetProps) {
  return <SelectField {...props} options={optionsOf(props)} />;
}

/** The same without words around it, for rows of a list. */
export function TargetSelect(props: TargetProps) {
  return (
    <select
      class="input"
      aria-label={props.label}
      aria-invalid={Boolean(props.problem)}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    >
      {optionsOf(props).map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

import type { Capabilities } from '../../../src/contract/capabilities.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';

const words = text.composer.buttons;
/** Where a channel has no buttons the core writes a numbered list; more than this nobody reads. */
const LIST_MAX = 10;

/** How many buttons fit, and how long a label may be. */
const limitsOf = ({ card }: Capabilities) => ({
  most: card?.maxButtons ?? LIST_MAX,
  label: card?.maxLabel ?? 100,
});

/** Labels as they are sent: without empty ones. */
export const givenLabels = (labels: readonly string[] | undefined): string[] =>
  (labels ?? []).map((label) => label.trim()).filter(Boolean);

/** Buttons that the customer gets under the answer. */
export function AnswerButtons(props: {
  labels: readonly string[];
  capabilities: Capabilities;
  onChange: (labels: string[]) => void;
}) {
  const { labels, onChange } = props;
  if (labels.length === 0) return null;
  const { most, label: longest } = limitsOf(props.capabilities);
  const set = (index: number, label: string) =>
    onChange(labels.map((one, at) => (at === index ? label : one)));
  return (
    <fieldset class="answer-buttons">
      <legend class="hidden-text">{words.label}</legend>
      {labels.map((label, index) => (
        <span key={index} class="answer-button">
          <input
            value={label}
            maxLength={longest}
            placeholder={words.placeholder(index + 1)}
            aria-label={words.placeholder(index + 1)}
            onInput={(event) => set(index, event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.preventDefault();
            }}
          />
          <Button
            small
            tone="quiet"
            icon="cross"
            label={`${text.act.remove} ${words.placeholder(index + 1)}`}
            onClick={() => onChange(labels.filter((_, at) => at !== index))}
          />
        </span>
      ))}
      {labels.length < most && (
        <Button small tone="quiet" icon="plus" onClick={() => onChange([...labels, ''])}>
          {words.add}
        </Button>
      )}
      {props.capabilities.card === null && <span class="help">{words.asList}</span>}
    </fieldset>
  );
}

import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { text } from '../text/index.ts';

/** Label, help and problem around one control. */
export function Field(props: {
  label: string;
  help?: string;
  problem?: string | null;
  optional?: boolean;
  children: (ids: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean;
  }) => ComponentChildren;
}) {
  const id = useId();
  const describes = [props.help && `${id}h`, props.problem && `${id}p`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label class="label" for={id}>
        {props.label}
        {props.optional && <span class="muted small-text"> ({text.optional})</span>}
      </label>
      {props.children({
        id,
        'aria-describedby': describes || undefined,
        'aria-invalid': Boolean(props.problem),
      })}
      {props.help && (
        <p class="help" id={`${id}h`}>
          {props.help}
        </p>
      )}
      {props.problem && (
        <p class="problem" id={`${id}p`} role="alert">
          {props.problem}
        </p>
      )}
    </div>
  );
}

/** The kinds of text inputs. */
type InputType =
  | 'text'
  | 'email'
  | 'password'
  | 'url'
  | 'number'
  | 'tel'
  | 'date'
  | 'datetime-local';
/** The attribute type; JSX types know inputs only by one constant type each. */
export const inputType = (type: InputType) => ({ type }) as { type: 'text' };

/** One line of text. */
export function TextField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string;
  problem?: string | null;
  type?: InputType;
  placeholder?: string;
  required?: boolean;
  optional?: boolean;
  autocomplete?: string;
  multiline?: boolean;
  minLength?: number;
  readOnly?: boolean;
}) {
  return (
    <Field label={props.label} help={props.help} problem={props.problem} optional={props.optional}>
      {(ids) => {
        const common = {
          ...ids,
          class: 'input',
          value: props.value,
          placeholder: props.placeholder,
          required: props.required,
          readOnly: props.readOnly,
        };
        return props.multiline ? (
          <textarea
            {...common}
            rows={3}
            onInput={(event) => props.onChange(event.currentTarget.value)}
          />
        ) : (
          <input
            {...common}
            {...inputType(props.type ?? 'text')}
            minLength={props.minLength}
            autoComplete={props.autocomplete ?? 'off'}
            onInput={(event) => props.onChange(event.currentTarget.value)}
          />
        );
      }}
    </Field>
  );
}

/** One of several. */
export function SelectField<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  help?: string;
  problem?: string | null;
}) {
  return (
    <Field label={props.label} help={props.help} problem={props.problem}>
      {(ids) => (
        <select
          {...ids}
          class="input"
          value={props.value}
          onChange={(event) => props.onChange(event.currentTarget.value as T)}
        >
          {props.options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Yes or no. */
export function CheckField(props: {
  label: string;
  value: boolean;
  help?: string;
  onChange: (value: boolean) => void;
}) {
  const id = useId();
  return (
    <div class="check">
      <input
        type="checkbox"
        id={id}
        checked={props.value}
        aria-describedby={props.help ? `${id}h` : undefined}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <div>
        <label for={id}>{props.label}</label>
        {props.help && (
          <p class="help" id={`${id}h`}>
            {props.help}
          </p>
        )}
      </div>
    </div>
  );
}

/** One of a few, each explained where it stands. */
export function ChoiceField<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; title: string; help?: string }[];
  onChange: (value: T) => void;
  two?: boolean;
  three?: boolean;
}) {
  const name = useId();
  return (
    <fieldset class="field">
      <legend class="label">{props.label}</legend>
      <div class={`choices ${props.three ? 'three' : props.two ? 'two' : ''}`}>
        {props.options.map(({ value, title, help }) => (
          <label class="choice" key={value}>
            <input
              type="radio"
              name={name}
              checked={props.value === value}
              onChange={() => props.onChange(value)}
            />
            <span>
              <strong>{title}</strong>
              {help && <span class="help">{help}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

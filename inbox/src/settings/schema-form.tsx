import type { ApiError } from '../api/http.ts';
import { lines } from '../state/people.ts';
import { text } from '../text/index.ts';
import { CheckField, Field, SelectField, TextField, inputType } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { Button } from '../ui/button.tsx';
import { isMasked } from './schema.ts';
import type { SchemaField } from './schema.ts';

type Values = Record<string, unknown>;
interface FieldProps {
  field: SchemaField;
  value: unknown;
  error: ApiError | null;
  onChange: (value: unknown) => void;
}

const shownText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function SecretField({ field, value, error, onChange }: FieldProps) {
  const masked = isMasked(value);
  return (
    <Field
      label={field.title}
      help={masked ? `${text.settings.channels.secretKept} ${field.help}` : field.help}
      problem={problemOf(error, field.name)}
      optional={!field.required}
    >
      {(ids) => (
        <input
          {...ids}
          class="input mono"
          {...inputType(masked ? 'text' : 'password')}
          autoComplete="new-password"
          value={shownText(value)}
          placeholder={field.placeholder}
          // Not `required`: the server makes the secrets that are left empty, and says which it cannot make.
          // A mask is replaced as a whole: half of one would be saved as the secret.
          onFocus={(event) => masked && event.currentTarget.select()}
          onInput={(event) => {
            const typed = event.currentTarget.value;
            onChange(masked ? typed.replaceAll('•', '') : typed);
          }}
        />
      )}
    </Field>
  );
}

function JsonField({ field, value, error, onChange }: FieldProps) {
  return (
    <TextField
      label={field.title}
      help={field.help}
      multiline
      problem={problemOf(error, field.name)}
      value={
        typeof value === 'string'
          ? value
          : value === undefined
            ? ''
            : JSON.stringify(value, null, 2)
      }
      onChange={(typed) => {
        try {
          onChange(typed.trim() === '' ? undefined : JSON.parse(typed));
        } catch {
          onChange(typed);
        }
      }}
    />
  );
}

function ChoicesField({ field, value, onChange }: FieldProps) {
  const chosen = Array.isArray(value) ? value : [];
  return (
    <fieldset class="field">
      <legend class="label">{field.title}</legend>
      {field.help && <p class="help">{field.help}</p>}
      {field.choices.map((choice) => (
        <CheckField
          key={choice}
          label={choice}
          value={chosen.includes(choice)}
          onChange={(on) =>
            onChange(field.choices.filter((one) => (one === choice ? on : chosen.includes(one))))
          }
        />
      ))}
    </fieldset>
  );
}

const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null;

/** A list of things with fields of their own, in an order that matters. */
function ObjectsField({ field, value, onChange }: FieldProps) {
  const all = Array.isArray(value) ? value.filter(isValues) : [];
  const words = text.settings.schema;
  const swap = (index: number) =>
    onChange(
      all.map((one, at) => (at === index ? all[at - 1] : at === index - 1 ? all[index] : one)),
    );
  return (
    <fieldset class="field">
      <legend class="label">{field.title}</legend>
      {field.help && <p class="help">{field.help}</p>}
      <ol class="objects">
        {all.map((one, index) => (
          <li key={index} class="form">
            <div class="row">
              <span class="muted grow">{index + 1}</span>
              <Button
                small
                tone="quiet"
                icon="up"
                label={words.up(index + 1)}
                disabled={index === 0}
                onClick={() => swap(index)}
              />
              <Button
                small
                tone="quiet"
                icon="cross"
                label={words.remove(index + 1)}
                onClick={() => onChange(all.filter((_, at) => at !== index))}
              />
            </div>
            {field.fields.map((inner) => (
              <OneField
                key={inner.name}
                field={inner}
                value={one[inner.name] ?? inner.initial}
                error={null}
                onChange={(changed) => {
                  const next = { ...one, [inner.name]: changed };
                  if (changed === '' || changed === undefined) delete next[inner.name];
                  onChange(all.map((other, at) => (at === index ? next : other)));
                }}
              />
            ))}
          </li>
        ))}
      </ol>
      <div>
        <Button small icon="plus" onClick={() => onChange([...all, {}])}>
          {text.act.add}
        </Button>
      </div>
    </fieldset>
  );
}

function OneField(props: FieldProps) {
  const { field, value, error, onChange } = props;
  const common = {
    label: field.title,
    help: field.help || undefined,
    problem: problemOf(error, field.name),
    placeholder: field.placeholder,
    required: field.required,
    optional: !field.required && field.initial === undefined,
  };
  switch (field.kind) {
    case 'secret':
      return <SecretField {...props} />;
    case 'json':
      return <JsonField {...props} />;
    case 'flag':
      return (
        <CheckField
          label={field.title}
          help={field.help}
          value={value === true}
          onChange={onChange}
        />
      );
    case 'choice':
      return (
        <SelectField
          {...common}
          value={shownText(value)}
          options={[
            ...(field.required || field.initial !== undefined
              ? []
              : [{ value: '', label: text.none }]),
            ...field.choices.map((choice) => ({ value: choice, label: choice })),
          ]}
          onChange={onChange}
        />
      );
    case 'line':
      return (
        <SelectField
          {...common}
          value={shownText(value)}
          options={[
            { value: '', label: text.none },
            ...(lines.value ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={onChange}
        />
      );
    case 'choices':
      return <ChoicesField {...props} />;
    case 'objects':
      return <ObjectsField {...props} />;
    case 'list':
      return (
        <TextField
          {...common}
          help={[field.help, text.settings.channels.listHelp].filter(Boolean).join(' ')}
          multiline
          value={Array.isArray(value) ? value.join('\n') : ''}
          onChange={(typed) => onChange(typed.split('\n').map((line) => line.trim()))}
        />
      );
    case 'number':
      return (
        <TextField
          {...common}
          type="number"
          value={shownText(value)}
          onChange={(typed) => onChange(typed === '' ? undefined : Number(typed))}
        />
      );
    case 'color':
      return (
        <Field {...common}>
          {(ids) => (
            <span class="row">
              <input
                type="color"
                aria-label={field.title}
                value={shownText(value) || '#0b7566'}
                onInput={(event) => onChange(event.currentTarget.value)}
              />
              <input
                {...ids}
                class="input mono"
                value={shownText(value)}
                onInput={(event) => onChange(event.currentTarget.value)}
              />
            </span>
          )}
        </Field>
      );
    default:
      return (
        <TextField
          {...common}
          multiline={field.kind === 'long'}
          value={shownText(value)}
          onChange={onChange}
        />
      );
  }
}

/** A form made of a schema; what most people leave alone is folded away. */
export function SchemaForm(props: {
  fields: readonly SchemaField[];
  values: Values;
  error: ApiError | null;
  onChange: (values: Values) => void;
}) {
  const draw = (field: SchemaField) => (
    <OneField
      key={field.name}
      field={field}
      value={props.values[field.name] ?? field.initial}
      error={props.error}
      onChange={(value) => props.onChange({ ...props.values, [field.name]: value })}
    />
  );
  const rare = props.fields.filter(({ advanced }) => advanced);
  return (
    <>
      {props.fields.filter(({ advanced }) => !advanced).map(draw)}
      {rare.length > 0 && (
        <details>
          <summary>{text.settings.channels.advanced}</summary>
          <div class="form">{rare.map(draw)}</div>
        </details>
      )}
    </>
  );
}

import { useState } from 'preact/hooks';
import type { CannedActsView } from '../../../src/contract/wire.ts';
import type { ApiError } from '../api/http.ts';
import { users } from '../state/people.ts';
import { text } from '../text/index.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';

const words = text.settings.canned;
/** Not an outcome that anybody would name. */
const STAYS = '-';
const tagsOf = (typed: string): string[] =>
  typed
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);

/** What is done after a canned answer was sent. */
export function CannedActs(props: {
  value: CannedActsView;
  error: ApiError | null;
  onChange: (acts: CannedActsView) => void;
}) {
  const { value, error } = props;
  const change = (part: Partial<CannedActsView>) => props.onChange({ ...value, ...part });
  const people = (users.value ?? []).filter(({ active }) => active);
  return (
    <fieldset class="field">
      <legend class="label">{words.acts}</legend>
      <p class="help">{words.actsHelp}</p>
      <TagsField value={value.tags} error={error} onChange={(tags) => change({ tags })} />
      <div class="two">
        <SelectField
          label={words.assign}
          value={value.assignTo ?? ''}
          problem={problemOf(error, 'assignTo')}
          options={[
            { value: '', label: words.stays },
            ...people.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(id) => change({ assignTo: id || null })}
        />
        <SelectField
          label={words.close}
          value={value.close === null ? STAYS : (value.close.outcome ?? '')}
          problem={problemOf(error, 'close')}
          options={[
            { value: STAYS, label: words.stays },
            { value: '', label: text.talks.outcome.none },
            { value: 'won', label: text.talks.outcome.won },
            { value: 'lost', label: text.talks.outcome.lost },
          ]}
          onChange={(chosen) =>
            change({ close: chosen === STAYS ? null : { outcome: chosen || null } })
          }
        />
      </div>
    </fieldset>
  );
}

/** Keeps what is being typed as it is: a comma is not taken away again. */
function TagsField(props: {
  value: readonly string[];
  error: ApiError | null;
  onChange: (tags: string[]) => void;
}) {
  const [typed, setTyped] = useState(props.value.join(', '));
  return (
    <TextField
      label={words.tags}
      help={words.tagsHelp}
      value={typed}
      problem={problemOf(props.error, 'tags')}
      onChange={(next) => {
        setTyped(next);
        props.onChange(tagsOf(next));
      }}
      optional
    />
  );
}

import { departments, lines, users } from '../state/people.ts';
import { EVERYBODY, scopeOf, scopeValue } from '../state/scope.ts';
import type { Scope } from '../api/scope.ts';
import { me } from '../state/session.ts';
import { text } from '../text/index.ts';

/** The kinds of things a list can be limited to. */
export type ScopeKind = 'line' | 'department' | 'owner';

interface Group {
  label: string;
  options: { value: string; name: string }[];
}

/** What there is to limit by. Empty: nothing, no choice is worth showing. */
function groups(kinds: readonly ScopeKind[]): Group[] {
  const words = text.scope;
  const has = (kind: ScopeKind) => kinds.includes(kind);
  const some = (all: readonly { id: string; name: string }[] | null, by: keyof Scope) =>
    (all ?? []).map(({ id, name }) => ({ value: scopeValue({ [by]: id }), name }));
  const colleagues = (users.value ?? []).filter(({ id, active }) => active && id !== me.value?.id);
  const lineOptions = some(lines.value, 'lineId');
  return [
    { label: words.lines, options: has('line') && lineOptions.length > 1 ? lineOptions : [] },
    {
      label: words.departments,
      options: has('department') ? some(departments.value, 'departmentId') : [],
    },
    { label: words.people, options: has('owner') ? some(colleagues, 'ownerId') : [] },
  ].filter(({ options }) => options.length > 0);
}

/** Limits a list to a line, a department, a person. `mine`: how the reader's own are called, where they are a choice. */
export function ScopeSelect(props: {
  label: string;
  all: string;
  mine?: string;
  kinds: readonly ScopeKind[];
  value: Scope;
  onChange: (scope: Scope) => void;
}) {
  const shown = groups(props.kinds);
  const own = scopeValue({ ownerId: me.value?.id });
  if (shown.length === 0) return null;
  return (
    <select
      class="input scope"
      aria-label={props.label}
      value={scopeValue(props.value)}
      onChange={(event) => props.onChange(scopeOf(event.currentTarget.value))}
    >
      <option value={scopeValue(EVERYBODY)}>{props.all}</option>
      {props.mine && own && <option value={own}>{props.mine}</option>}
      {shown.map(({ label, options }) => (
        <optgroup key={label} label={label}>
          {options.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

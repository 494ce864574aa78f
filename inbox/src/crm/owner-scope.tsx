import type { Right } from '../../../src/contract/rights.ts';
import type { Scope } from '../api/scope.ts';
import { session } from '../state/session.ts';
import { text } from '../text/index.ts';
import { ScopeSelect } from '../ui/scope-select.tsx';

/** Limits a list of records to one's own, a department's, a person's; nothing for those who see their own alone. */
export function OwnerScope(props: {
  right: Right;
  value: Scope;
  onChange: (scope: Scope) => void;
}) {
  if (session.value?.grants[props.right] === 'own') return null;
  return (
    <ScopeSelect
      label={text.crm.owner}
      all={text.scope.everybody}
      mine={text.scope.mine}
      kinds={['department', 'owner']}
      value={props.value}
      onChange={props.onChange}
    />
  );
}

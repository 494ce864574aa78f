import type { ComponentChildren } from 'preact';
import { users } from '../state/people.ts';
import { attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Editable } from './editable.tsx';

/** One line of what is known of something; stands in a `<dl class="facts">`. */
export function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A text that is changed in place. `spoken`: its name where it is not the label. */
export function TextFact(props: {
  label: string;
  spoken?: string;
  value: string;
  blank: string;
  multiline?: boolean;
  readOnly: boolean;
  save: (value: string) => Promise<unknown>;
}) {
  return (
    <Fact label={props.label}>
      <Editable
        label={props.spoken ?? props.label}
        value={props.value}
        blank={props.blank}
        multiline={props.multiline}
        readOnly={props.readOnly}
        save={props.save}
      />
    </Fact>
  );
}

/** Who owns it, and the way to give it to somebody else. */
export function OwnerFact(props: {
  ownerId: string | null;
  ownerName: string | null;
  readOnly: boolean;
  save: (ownerId: string | null) => Promise<unknown>;
}) {
  const { ownerId } = props;
  const words = text.crm;
  const people = users.value ?? [];
  const choices = people.filter(({ id, active }) => active || id === ownerId);
  const known = ownerId === null || choices.some(({ id }) => id === ownerId);
  return (
    <Fact label={words.owner}>
      {props.readOnly || !known || people.length === 0 ? (
        (props.ownerName ?? text.nobody)
      ) : (
        <select
          class="input"
          aria-label={words.owner}
          value={ownerId ?? ''}
          onChange={(event) => void attempt(props.save(event.currentTarget.value || null))}
        >
          <option value="">{text.nobody}</option>
          {choices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Fact>
  );
}

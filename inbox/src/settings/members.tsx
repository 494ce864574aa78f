import { users } from '../state/people.ts';
import { text } from '../text/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { PresenceDot } from '../ui/presence.tsx';

const words = text.settings.lines;

/** The people of a line, in order. */
export function Members({
  value,
  onChange,
}: {
  value: string[];
  onChange: (ids: string[]) => void;
}) {
  const all = users.value ?? [];
  const known = value.flatMap((id) => all.find((user) => user.id === id) ?? []);
  const others = all.filter(({ id, active }) => active && !value.includes(id));
  const move = (index: number, step: 1 | -1) => {
    const next = [...value];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index + step, 0, moved);
    onChange(next);
  };
  return (
    <fieldset class="field">
      <legend class="label">{words.members}</legend>
      <p class="help">{known.length === 0 ? words.noMembers : words.membersHelp}</p>
      {known.length > 0 && (
        <ol class="items">
          {known.map((user, index) => (
            <li key={user.id} class="member">
              <span class="muted">{index + 1}</span>
              <Avatar name={user.name} id={user.id} size={24} />
              <span class="grow clip">
                {user.name} <PresenceDot user={user} />
              </span>
              <Button
                small
                tone="quiet"
                icon="up"
                label={`${words.up}: ${user.name}`}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              />
              <Button
                small
                tone="quiet"
                icon="down"
                label={`${words.down}: ${user.name}`}
                disabled={index === known.length - 1}
                onClick={() => move(index, 1)}
              />
              <Button
                small
                tone="quiet"
                icon="cross"
                label={`${text.act.remove}: ${user.name}`}
                onClick={() => onChange(value.filter((id) => id !== user.id))}
              />
            </li>
          ))}
        </ol>
      )}
      {others.length > 0 && (
        <select
          class="input"
          aria-label={words.addMember}
          value=""
          onChange={(event) => {
            const id = event.currentTarget.value;
            event.currentTarget.value = '';
            if (id) onChange([...value, id]);
          }}
        >
          <option value="">{words.addMember}</option>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </fieldset>
  );
}

import { useState } from 'preact/hooks';
import type { ConversationView } from '../../../src/contract/wire.ts';
import type { BuiltInRole } from '../../../src/contract/rights.ts';
import type { TransferTarget } from '../api/talks.ts';
import { lines, users } from '../state/people.ts';
import { nameMatches } from '../state/placing.ts';
import { text } from '../text/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { MenuItem, MenuList, Popup } from '../ui/menu.tsx';
import { MenuSearch } from '../ui/menu-search.tsx';
import { Icon } from '../ui/icon.tsx';
import { PresenceDot } from '../ui/presence.tsx';
import { byReadiness } from './people-picker.tsx';

const words = text.acts.transferTo;
const ROLES: readonly BuiltInRole[] = ['operator', 'supervisor', 'administrator'];

/** Chooses who goes on with a talk: a person, another line, or whoever of a role is free first; with a note for them. */
export function TransferPicker(props: {
  anchor: () => HTMLElement | null;
  talk: ConversationView;
  onPick: (target: TransferTarget, note: string) => void;
  onClose: () => void;
}) {
  const { talk } = props;
  const [q, setQ] = useState('');
  const [note, setNote] = useState('');
  const people = (users.value ?? [])
    .filter(
      ({ id, active, name, handle }) =>
        active && id !== talk.ownerId && (nameMatches(name, q) || handle.startsWith(q)),
    )
    .sort(byReadiness);
  const others = (lines.value ?? []).filter(
    ({ id, name }) => id !== talk.lineId && nameMatches(name, q),
  );
  const roles = ROLES.filter((role) => nameMatches(text.settings.people.roles[role][0] ?? role, q));
  const first: TransferTarget | null = people[0]
    ? { userId: people[0].id }
    : others[0]
      ? { lineId: others[0].id }
      : null;
  const pick = (target: TransferTarget) => props.onPick(target, note.trim());
  return (
    <Popup anchor={props.anchor} label={words.title} role="dialog" wide onClose={props.onClose}>
      <div class="menu-top">
        <MenuSearch
          label={words.find}
          value={q}
          onChange={setQ}
          onEnter={() => {
            if (first) pick(first);
          }}
        />
        <input
          class="input note-input"
          placeholder={words.note}
          aria-label={words.note}
          value={note}
          maxLength={5000}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </div>
      {people.length + others.length + roles.length === 0 && (
        <div class="caption">{words.nothing}</div>
      )}
      {people.length > 0 && (
        <>
          <div class="caption">{words.people}</div>
          <MenuList label={words.people}>
            {people.map((user) => (
              <MenuItem key={user.id} onPick={() => pick({ userId: user.id })}>
                <Avatar name={user.name} id={user.id} size={24} />
                <span class="clip">{user.name}</span>
                <PresenceDot user={user} />
                <span class="detail">{text.talks.load(user.load)}</span>
              </MenuItem>
            ))}
          </MenuList>
        </>
      )}
      {others.length > 0 && (
        <>
          <div class="caption">{words.lines}</div>
          <MenuList label={words.lines}>
            {others.map((line) => (
              <MenuItem key={line.id} onPick={() => pick({ lineId: line.id })}>
                <Icon name="list" />
                <span class="clip">{line.name}</span>
                <span class="detail">{words.waiting(line.waiting)}</span>
              </MenuItem>
            ))}
          </MenuList>
        </>
      )}
      {roles.length > 0 && (
        <>
          <div class="caption">{words.roles}</div>
          <MenuList label={words.roles}>
            {roles.map((role) => (
              <MenuItem key={role} icon="people" onPick={() => pick({ role })}>
                {text.settings.people.roles[role][0]}
              </MenuItem>
            ))}
          </MenuList>
        </>
      )}
    </Popup>
  );
}

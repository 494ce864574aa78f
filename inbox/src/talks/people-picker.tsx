import { useState } from 'preact/hooks';
import type { PresenceState, UserView } from '../../../src/contract/wire.ts';
import { users } from '../state/people.ts';
import { nameMatches } from '../state/placing.ts';
import { text } from '../text/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { MenuItem, Popup } from '../ui/menu.tsx';

const RANK: Record<PresenceState, number> = { online: 0, break: 1, offline: 2 };

/** Chooses a colleague: whoever is there and least busy stands first. */
export function PeoplePicker(props: {
  anchor: () => HTMLElement | null;
  current: string | null;
  onPick: (user: UserView) => void;
  onClose: () => void;
}) {
  const [q, setQ] = useState('');
  const found = (users.value ?? [])
    .filter(({ active, name, handle }) => active && (nameMatches(name, q) || handle.startsWith(q)))
    .sort((one, other) => RANK[one.presence] - RANK[other.presence] || one.load - other.load);
  return (
    <Popup anchor={props.anchor} label={text.talks.assignTo} role="dialog" onClose={props.onClose}>
      <div class="caption">{text.talks.assignTo}</div>
      <input
        class="input"
        type="search"
        placeholder={text.talks.findPerson}
        aria-label={text.talks.findPerson}
        value={q}
        onInput={(event) => setQ(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && found[0]) props.onPick(found[0]);
        }}
      />
      {found.map((user) => (
        <MenuItem key={user.id} onPick={() => props.onPick(user)}>
          <Avatar name={user.name} id={user.id} size={24} />
          <span class="clip">{user.name}</span>
          <span class={`dot ${user.presence}`} title={text.presence[user.presence]} />
          <span class="detail">
            {user.id === props.current ? text.talks.state.open : text.talks.load(user.load)}
          </span>
        </MenuItem>
      ))}
    </Popup>
  );
}

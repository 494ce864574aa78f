import { useState } from 'preact/hooks';
import type { PresenceState, UserView } from '../../../src/contract/wire.ts';
import { users } from '../state/people.ts';
import { nameMatches } from '../state/placing.ts';
import { text } from '../text/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { MenuItem, MenuList, Popup } from '../ui/menu.tsx';
import { MenuSearch } from '../ui/menu-search.tsx';
import { PresenceDot } from '../ui/presence.tsx';

const RANK: Record<PresenceState, number> = { online: 0, break: 2, offline: 3 };
const rank = ({ presence, away }: UserView): number =>
  presence === 'online' && away ? 1 : RANK[presence];

/** Whoever is there and least busy stands first. */
export const byReadiness = (one: UserView, other: UserView): number =>
  rank(one) - rank(other) || one.load - other.load;

/** Chooses a colleague. */
export function PeoplePicker(props: {
  anchor: () => HTMLElement | null;
  title: string;
  help?: string;
  /** Who cannot be chosen. */
  without: readonly (string | null)[];
  onPick: (user: UserView) => void;
  onClose: () => void;
}) {
  const [q, setQ] = useState('');
  const found = (users.value ?? [])
    .filter(
      ({ id, active, name, handle }) =>
        active && !props.without.includes(id) && (nameMatches(name, q) || handle.startsWith(q)),
    )
    .sort(byReadiness);
  return (
    <Popup anchor={props.anchor} label={props.title} role="dialog" onClose={props.onClose}>
      <div class="caption">{props.title}</div>
      <MenuSearch
        label={text.talks.findPerson}
        value={q}
        onChange={setQ}
        onEnter={() => {
          if (found[0]) props.onPick(found[0]);
        }}
      />
      <MenuList label={props.title}>
        {found.map((user) => (
          <MenuItem key={user.id} onPick={() => props.onPick(user)}>
            <Avatar name={user.name} id={user.id} size={24} />
            <span class="clip">{user.name}</span>
            <PresenceDot user={user} />
            <span class="detail">{text.talks.load(user.load)}</span>
          </MenuItem>
        ))}
      </MenuList>
      {props.help && <p class="help menu-help">{props.help}</p>}
    </Popup>
  );
}

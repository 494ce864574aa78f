import { useEffect, useRef, useState } from 'preact/hooks';
import type { PresenceState } from '../../../src/contract/wire.ts';
import { setPresence, signOut } from '../api/session.ts';
import { unreadMine } from '../live/alerts.ts';
import { theme } from '../state/theme.ts';
import type { Theme } from '../state/theme.ts';
import { putPresence } from '../state/people.ts';
import { can, end, me } from '../state/session.ts';
import { countTroubles, troubleCount } from '../state/troubles.ts';
import { attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { PresenceDot, presenceWord } from '../ui/presence.tsx';
import type { IconName } from '../ui/icon.tsx';
import { MenuItem, Popup } from '../ui/menu.tsx';
import { Bell } from './bell.tsx';
import { navigate } from './navigate.ts';
import { to } from './routes.ts';
import type { Place } from './routes.ts';

/** The reader's own presence. `workNow`: in spite of their hours and absences, today. */
export async function becomePresent(state: PresenceState, workNow = false): Promise<void> {
  const user = me.value;
  if (!user) return;
  putPresence(user.id, state, user.load, user.away ?? null);
  const { presence, away, load } = (await attempt(setPresence(state, workNow))) ?? user;
  putPresence(user.id, presence, load, away ?? null);
}

function RailLink(props: {
  to: string;
  icon: IconName;
  label: string;
  current: boolean;
  count?: number;
  bad?: boolean;
}) {
  const count = props.count ?? 0;
  return (
    <a href={props.to} aria-current={props.current ? 'page' : undefined}>
      <Icon name={props.icon} />
      <span>{props.label}</span>
      {count > 0 && (
        <span class={props.bad ? 'count bad' : 'count'}>{count > 99 ? '99+' : count}</span>
      )}
    </a>
  );
}

const STATES: readonly PresenceState[] = ['online', 'break', 'offline'];
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

function MeMenu({
  anchor,
  onKeys,
  onClose,
}: {
  anchor: () => HTMLElement | null;
  onKeys: () => void;
  onClose: () => void;
}) {
  const user = me.value;
  if (!user) return null;
  const then = (act: () => unknown) => () => {
    onClose();
    act();
  };
  const help = {
    online: text.presence.onlineHelp,
    break: text.presence.breakHelp,
    offline: text.presence.offlineHelp,
  };
  return (
    <Popup anchor={anchor} label={text.me.menu} onClose={onClose}>
      <div class="caption">
        {user.name} · {user.email}
      </div>
      {STATES.map((state) => (
        <MenuItem
          key={state}
          checked={user.presence === state}
          onPick={then(() => becomePresent(state))}
        >
          <span class={`dot ${state}`} />
          <span class="grow">
            {text.presence[state]}
            <br />
            <span class="muted small-text">{help[state]}</span>
          </span>
        </MenuItem>
      ))}
      <hr />
      <div class="caption">{text.theme.label}</div>
      <div class="segments" role="group" aria-label={text.theme.label}>
        {THEMES.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={theme.value === one}
            onClick={() => {
              theme.value = one;
            }}
          >
            {text.theme[one]}
          </button>
        ))}
      </div>
      <hr />
      <MenuItem icon="person" onPick={then(() => navigate(to.settings('profile')))}>
        {text.me.profile}
      </MenuItem>
      <MenuItem icon="keyboard" onPick={then(onKeys)}>
        {text.me.shortcuts}
        <kbd class="detail">?</kbd>
      </MenuItem>
      <MenuItem
        icon="out"
        onPick={then(async () => {
          await attempt(signOut());
          end();
        })}
      >
        {text.me.signOut}
      </MenuItem>
    </Popup>
  );
}

/** The way to every screen, and the presence switch. */
export function Rail({ place, onKeys }: { place: Place; onKeys: () => void }) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    void countTroubles();
    const timer = setInterval(() => void countTroubles(), 60_000);
    return () => clearInterval(timer);
  }, []);
  const user = me.value;
  if (!user) return null;
  const words = text.nav;
  return (
    <nav class="rail" aria-label={words.label}>
      <img class="logo" src="/favicon.svg" alt="" />
      <RailLink
        to={to.inbox('mine')}
        icon="inbox"
        label={words.inbox}
        current={place.at === 'inbox'}
        count={unreadMine()}
      />
      <RailLink
        to={to.contacts()}
        icon="person"
        label={words.contacts}
        current={place.at === 'contacts'}
      />
      <RailLink to={to.leads()} icon="lead" label={words.leads} current={place.at === 'leads'} />
      <RailLink to={to.deals()} icon="deal" label={words.deals} current={place.at === 'deals'} />
      {can('talk.intercept') && (
        <RailLink to={to.board()} icon="board" label={words.board} current={place.at === 'board'} />
      )}
      {can('delivery.read') && (
        <RailLink
          to={to.troubles()}
          icon="warning"
          label={words.troubles}
          current={place.at === 'troubles'}
          count={troubleCount.value}
          bad
        />
      )}
      <span class="spring" />
      <RailLink
        to={to.settings()}
        icon="settings"
        label={words.settings}
        current={place.at === 'settings'}
      />
      <Bell />
      <button
        ref={anchor}
        type="button"
        class="me"
        aria-expanded={open}
        aria-label={`${user.name}, ${presenceWord(user)}`}
        onClick={() => setOpen(!open)}
      >
        <Avatar name={user.name} id={user.id} size={26}>
          <PresenceDot user={user} />
        </Avatar>
        <span class="clip">{presenceWord(user)}</span>
      </button>
      {open && (
        <MeMenu anchor={() => anchor.current} onKeys={onKeys} onClose={() => setOpen(false)} />
      )}
    </nav>
  );
}

import { useState } from 'preact/hooks';
import type { UserView } from '../../../src/contract/wire.ts';
import { changeUser, createUser } from '../api/people.ts';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { loadUsers, putUser, users } from '../state/people.ts';
import { me } from '../state/session.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Loading, Problem } from '../ui/feedback.tsx';
import { ChoiceField, TextField, problemOf } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { PresenceDot } from '../ui/presence.tsx';
import { Absences } from './absences.tsx';
import { HoursEditor } from './hours.tsx';
import { SectionHead } from './section-head.tsx';
import { useForm } from './use-form.ts';

const words = text.settings.people;
const ROLES = ['operator', 'supervisor', 'administrator'] as const;
const roleName = (role: string): string =>
  ROLES.some((one) => one === role)
    ? (words.roles[role as (typeof ROLES)[number]][0] ?? role)
    : role;

function PersonForm({ user }: { user: UserView | null }) {
  const [asking, setAsking] = useState(false);
  const form = useForm({
    name: user?.name ?? '',
    email: user?.email ?? '',
    password: '',
    role: user?.role ?? 'operator',
    maxTalks: user?.maxTalks ?? null,
    hours: user?.hours ?? {},
  });
  const { value, set, error } = form;
  const save = async (event: Event) => {
    event.preventDefault();
    const saved = await form.submit(({ password, hours, ...rest }) =>
      user
        ? changeUser(user.id, { ...rest, hours, ...(password ? { password } : {}) })
        : createUser({ ...rest, password }),
    );
    if (!saved) return;
    putUser(saved);
    tell('good', user ? text.saved : words.created);
    navigate(to.settings('people'), true);
  };
  const activate = async (active: boolean) => {
    if (!user) return;
    const saved = await attempt(changeUser(user.id, { active }));
    if (saved) putUser(saved);
  };
  return (
    <>
      <SectionHead title={user ? user.name : words.add}>
        {user && !user.active && <span class="chip bad">{words.inactive}</span>}
      </SectionHead>
      <form class="form" onSubmit={(event) => void save(event)}>
        <TextField
          label={words.name}
          value={value.name}
          onChange={(name) => set({ name })}
          problem={problemOf(error, 'name')}
          required
        />
        <TextField
          label={words.email}
          type="email"
          value={value.email}
          onChange={(email) => set({ email })}
          problem={problemOf(error, 'email')}
          required
        />
        <TextField
          label={user ? words.newPassword : words.password}
          type="password"
          autocomplete="new-password"
          value={value.password}
          onChange={(password) => set({ password })}
          help={user ? words.newPasswordHelp : words.passwordHelp}
          problem={problemOf(error, 'password')}
          required={!user}
        />
        <ChoiceField
          label={words.role}
          value={value.role}
          onChange={(role) => set({ role })}
          options={ROLES.map((role) => ({
            value: role,
            title: roleName(role),
            help: words.roles[role][1],
          }))}
        />
        <TextField
          label={words.maxTalks}
          type="number"
          value={value.maxTalks === null ? '' : String(value.maxTalks)}
          help={words.maxTalksHelp}
          problem={problemOf(error, 'maxTalks')}
          onChange={(typed) => set({ maxTalks: typed.trim() === '' ? null : Number(typed) })}
        />
        {user && (
          <HoursEditor
            value={value.hours}
            words={text.away.hours}
            onChange={(hours) => set({ hours })}
          />
        )}
        {error && <Problem error={error} />}
        <div class="actions">
          <Button type="submit" tone="primary" busy={form.busy}>
            {user ? text.act.save : words.add}
          </Button>
          {user && user.id !== me.value?.id && (
            <Button
              tone={user.active ? 'danger' : undefined}
              onClick={() => (user.active ? setAsking(true) : void activate(true))}
            >
              {user.active ? words.deactivate : words.activate}
            </Button>
          )}
        </div>
      </form>
      {user && <Absences user={user} />}
      {asking && (
        <Confirm
          question={words.deactivateAsk}
          action={words.deactivate}
          onConfirm={() => void activate(false)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** Everybody who may sign in, one of them, or a new one. */
export function PeopleSection({ id }: { id: string | null }) {
  const all = users.value;
  if (all === null) {
    void loadUsers();
    return <Loading />;
  }
  if (id === 'new') return <PersonForm key="new" user={null} />;
  const user = all.find((one) => one.id === id);
  if (user) return <PersonForm key={user.id} user={user} />;
  return (
    <>
      <SectionHead title={text.settings.nav.people} intro={words.intro}>
        <a class="button primary" href={to.settings('people', 'new')}>
          <Icon name="plus" />
          {words.add}
        </a>
      </SectionHead>
      <ul class="items">
        {all.map((one) => (
          <li key={one.id}>
            <a class="item-row" href={to.settings('people', one.id)}>
              <Avatar name={one.name} id={one.id} size={32}>
                <PresenceDot user={one} />
              </Avatar>
              <span class="grow">
                <strong>{one.name}</strong>
                {one.id === me.value?.id && <span class="muted"> ({words.you})</span>}
                <br />
                <span class="muted small-text">
                  {one.email} · @{one.handle}
                </span>
              </span>
              {!one.active && <span class="chip bad">{words.inactive}</span>}
              <span class="chip">{roleName(one.role)}</span>
              <Icon name="forward" />
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

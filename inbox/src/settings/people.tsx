import { useState } from 'preact/hooks';
import type { UserView } from '../../../src/contract/wire.ts';
import { changeUser, createUser } from '../api/people.ts';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { departments, loadUsers, putUser, users } from '../state/people.ts';
import { nameMatches } from '../state/placing.ts';
import { me } from '../state/session.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Empty, Loading, Problem } from '../ui/feedback.tsx';
import { ChoiceField, SelectField, TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { Icon } from '../ui/icon.tsx';
import { PresenceDot } from '../ui/presence.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { Absences } from './absences.tsx';
import { HoursEditor } from './hours.tsx';
import { SectionHead } from './section-head.tsx';
import { useForm } from '../ui/use-form.ts';

const words = text.settings.people;
/** More people than one sees at a glance: then they can be searched. */
const MANY = 8;
const departmentName = (id: string | null): string | null =>
  departments.value?.find((one) => one.id === id)?.name ?? null;
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
    departmentId: user?.departmentId ?? null,
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
        {(departments.value ?? []).length > 0 && (
          <SelectField
            label={words.department}
            value={value.departmentId ?? ''}
            onChange={(id) => set({ departmentId: id || null })}
            problem={problemOf(error, 'departmentId')}
            options={[
              { value: '', label: words.noDepartment },
              ...(departments.value ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
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
  const [q, setQ] = useState('');
  const all = users.value;
  if (all === null) {
    void loadUsers();
    return <Loading />;
  }
  if (id === 'new') return <PersonForm key="new" user={null} />;
  const user = all.find((one) => one.id === id);
  if (user) return <PersonForm key={user.id} user={user} />;
  const found = all.filter(
    ({ name, email, handle }) =>
      nameMatches(name, q) || [email, handle].some((one) => one.startsWith(q.toLowerCase().trim())),
  );
  return (
    <>
      <SectionHead title={text.settings.nav.people} intro={words.intro}>
        <a class="button primary" href={to.settings('people', 'new')}>
          <Icon name="plus" />
          {words.add}
        </a>
      </SectionHead>
      {all.length > MANY && <SearchBox label={words.find} value={q} onChange={setQ} />}
      {found.length === 0 && (
        <Empty icon="search" title={text.crm.nothingFound} help={text.talks.empty.foundPerson} />
      )}
      <ul class="items">
        {found.map((one) => (
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
              {departmentName(one.departmentId) && (
                <span class="chip clip wide-only">{departmentName(one.departmentId)}</span>
              )}
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

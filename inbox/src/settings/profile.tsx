import { useState } from 'preact/hooks';
import type { TokenView, UserView } from '../../../src/contract/wire.ts';
import { changeUser } from '../api/people.ts';
import { createToken, listTokens, removeToken } from '../api/session.ts';
import { alerts, alertsPossible, setAlerts, setSound, sound } from '../live/alerts.ts';
import { pushOn } from '../live/push.ts';
import { putUser } from '../state/people.ts';
import { end, me, session } from '../state/session.ts';
import { theme } from '../state/theme.ts';
import type { Theme } from '../state/theme.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { timeZones } from '../text/time.ts';
import { Button, CopyButton } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { NoteBox, Problem } from '../ui/feedback.tsx';
import { CheckField, ChoiceField, SelectField, TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { Relative } from '../ui/time.tsx';
import { useLoad } from '../ui/use-load.ts';
import { Absences } from './absences.tsx';
import { Devices } from './devices.tsx';
import { SectionHead } from './section-head.tsx';
import { useForm } from '../ui/use-form.ts';

const words = text.settings.profile;
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

function DetailsForm({ user }: { user: UserView }) {
  const form = useForm({ name: user.name, timeZone: user.timeZone });
  const save = async (event: Event) => {
    event.preventDefault();
    const saved = await form.submit((change) => changeUser(user.id, change));
    if (!saved) return;
    putUser(saved);
    if (session.value) session.value = { ...session.value, user: saved };
    tell('good', text.saved);
  };
  return (
    <form class="form" onSubmit={(event) => void save(event)}>
      <h2>{words.details}</h2>
      <TextField
        label={text.settings.people.name}
        value={form.value.name}
        onChange={(name) => form.set({ name })}
        problem={problemOf(form.error, 'name')}
        required
      />
      <SelectField
        label={words.zone}
        value={form.value.timeZone}
        onChange={(timeZone) => form.set({ timeZone })}
        options={[...new Set([form.value.timeZone, ...timeZones()])].map((zone) => ({
          value: zone,
          label: zone.replaceAll('_', ' '),
        }))}
      />
      {form.error && <Problem error={form.error} />}
      <div class="actions">
        <Button type="submit" busy={form.busy} disabled={!form.changed}>
          {text.act.save}
        </Button>
      </div>
    </form>
  );
}

function PasswordForm({ user }: { user: UserView }) {
  const form = useForm({ currentPassword: '', password: '' });
  const save = async (event: Event) => {
    event.preventDefault();
    if (!(await form.submit((change) => changeUser(user.id, change)))) return;
    // A new password ends every session, this one too.
    tell('good', words.changed);
    end();
  };
  return (
    <form class="form" onSubmit={(event) => void save(event)}>
      <h2>{words.password}</h2>
      <div class="two">
        <TextField
          label={words.current}
          type="password"
          autocomplete="current-password"
          value={form.value.currentPassword}
          onChange={(currentPassword) => form.set({ currentPassword })}
          problem={problemOf(form.error, 'currentPassword')}
          required
        />
        <TextField
          label={words.fresh}
          type="password"
          autocomplete="new-password"
          value={form.value.password}
          onChange={(password) => form.set({ password })}
          help={text.gate.passwordHelp}
          problem={problemOf(form.error, 'password')}
          required
        />
      </div>
      {form.error && !form.error.field && <Problem error={form.error} />}
      <div class="actions">
        <Button type="submit" busy={form.busy} disabled={!form.changed}>
          {words.change}
        </Button>
      </div>
    </form>
  );
}

function Tokens() {
  const loaded = useLoad(listTokens, 'tokens');
  const [made, setMade] = useState<TokenView | null>(null);
  const [removing, setRemoving] = useState<TokenView | null>(null);
  const form = useForm({ name: '' });
  const add = async (event: Event) => {
    event.preventDefault();
    const token = await form.submit(({ name }) => createToken(name));
    if (!token) return;
    setMade(token);
    form.set({ name: '' });
    loaded.again();
  };
  const remove = async (token: TokenView) => {
    await attempt(removeToken(token.id));
    loaded.again();
  };
  return (
    <section class="form" aria-label={words.tokens}>
      <h2>{words.tokens}</h2>
      <p class="help">{words.tokensHelp}</p>
      {made?.token && (
        <NoteBox tone="good">
          <p>{words.tokenOnce}</p>
          <div class="snippet">
            <code>{made.token}</code>
            <CopyButton value={made.token} />
          </div>
        </NoteBox>
      )}
      {loaded.error && <Problem error={loaded.error} retry={loaded.again} />}
      {loaded.value?.items.length === 0 && <p class="muted">{words.noTokens}</p>}
      {loaded.value && loaded.value.items.length > 0 && (
        <ul class="items">
          {loaded.value.items.map((token) => (
            <li key={token.id} class="item-row">
              <span class="grow">
                <strong>{token.name}</strong>{' '}
                <span class="muted small-text">
                  {token.lastUsedAt ? <Relative at={token.lastUsedAt} /> : words.neverUsed}
                </span>
              </span>
              <Button
                small
                tone="danger"
                icon="trash"
                label={`${text.act.remove} ${token.name}`}
                onClick={() => setRemoving(token)}
              />
            </li>
          ))}
        </ul>
      )}
      <form class="row" onSubmit={(event) => void add(event)}>
        <input
          class="input"
          placeholder={words.tokenName}
          aria-label={words.tokenName}
          required
          value={form.value.name}
          onInput={(event) => form.set({ name: event.currentTarget.value })}
        />
        <Button type="submit" busy={form.busy}>
          {words.newToken}
        </Button>
      </form>
      {form.error && <Problem error={form.error} />}
      {removing && (
        <Confirm
          question={words.removeAsk}
          action={text.act.remove}
          onConfirm={() => void remove(removing)}
          onClose={() => setRemoving(null)}
        />
      )}
    </section>
  );
}

/** The reader's own page. */
export function ProfileSection() {
  const user = me.value;
  if (!user) return null;
  return (
    <>
      <SectionHead title={text.settings.nav.profile} intro={words.intro} />
      <div class="form">
        <ChoiceField
          three
          label={words.look}
          value={theme.value}
          options={THEMES.map((one) => ({ value: one, title: text.theme[one] }))}
          onChange={(one) => {
            theme.value = one;
          }}
        />
        {alertsPossible && !pushOn.value && (
          <CheckField
            label={words.alerts}
            help={words.alertsHelp}
            value={alerts.value}
            onChange={(on) => void setAlerts(on)}
          />
        )}
        <CheckField
          label={words.sound}
          help={words.soundHelp}
          value={sound.value}
          onChange={setSound}
        />
      </div>
      <Devices user={user} />
      <Absences user={user} own />
      <DetailsForm user={user} />
      <PasswordForm user={user} />
      <Tokens />
    </>
  );
}

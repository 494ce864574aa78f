import { useEffect, useRef } from 'preact/hooks';
import { setUp, signIn } from '../api/session.ts';
import { begin } from '../state/session.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/feedback.tsx';
import { TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { useForm } from '../ui/use-form.ts';

/** First visit, or sign-in. */
export function Gate({ setup, onIn }: { setup: boolean; onIn: () => void }) {
  const form = useForm({ name: '', email: '', password: '', code: '' });
  const { value, set, error, busy } = form;
  const first = useRef<HTMLFormElement>(null);
  useEffect(() => first.current?.querySelector('input')?.focus(), []);
  const submit = async (event: Event) => {
    event.preventDefault();
    const view = await form.submit((given) =>
      setup
        ? setUp({ ...given, code: given.code.trim() })
        : signIn(given.email.trim(), given.password),
    );
    if (!view) return;
    onIn();
    begin(view);
  };
  const words = text.gate;
  return (
    <main class="gate">
      <div class="card">
        <img class="logo" src="/favicon.svg" alt="" />
        <h1>{setup ? words.setupTitle : words.signInTitle}</h1>
        <p class="lead">{setup ? words.setupLead : words.signInLead}</p>
        <form class="form" ref={first} onSubmit={(event) => void submit(event)}>
          {setup && (
            <>
              <TextField
                label={words.code}
                value={value.code}
                onChange={(code) => set({ code })}
                problem={problemOf(error, 'code')}
                autocomplete="one-time-code"
                required
              />
              <TextField
                label={words.name}
                value={value.name}
                onChange={(name) => set({ name })}
                problem={problemOf(error, 'name')}
                autocomplete="name"
                required
              />
            </>
          )}
          <TextField
            label={words.email}
            type="email"
            value={value.email}
            onChange={(email) => set({ email })}
            problem={problemOf(error, 'email')}
            autocomplete="username"
            required
          />
          <TextField
            label={words.password}
            type="password"
            value={value.password}
            onChange={(password) => set({ password })}
            help={setup ? words.passwordHelp : undefined}
            problem={problemOf(error, 'password')}
            autocomplete={setup ? 'new-password' : 'current-password'}
            required
          />
          {error && !error.field && <Problem error={error} />}
          <Button type="submit" tone="primary" busy={busy}>
            {setup ? words.create : words.signIn}
          </Button>
          {!setup && <p class="help">{words.forgot}</p>}
        </form>
      </div>
    </main>
  );
}

import { useState } from 'preact/hooks';
import type { SessionView } from '../../../src/contract/wire.ts';
import { asApiError } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';
import { setUp, signIn } from '../api/session.ts';
import { begin } from '../state/session.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/feedback.tsx';
import { TextField, problemOf } from '../ui/field.tsx';

/** First visit, or sign-in. */
export function Gate({ setup, onIn }: { setup: boolean; onIn: () => void }) {
  const [form, setForm] = useState({ name: '', email: '', password: '', code: '' });
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const view: SessionView = setup
        ? await setUp({ ...form, code: form.code.trim() })
        : await signIn(form.email, form.password);
      onIn();
      begin(view);
    } catch (problem) {
      setError(asApiError(problem));
    } finally {
      setBusy(false);
    }
  };
  const words = text.gate;
  return (
    <main class="gate">
      <div class="card">
        <img class="logo" src="/favicon.svg" alt="" />
        <h1>{setup ? words.setupTitle : words.signInTitle}</h1>
        <p class="lead">{setup ? words.setupLead : words.signInLead}</p>
        <form class="form" onSubmit={(event) => void submit(event)}>
          {setup && (
            <>
              <TextField
                label={words.code}
                value={form.code}
                onChange={(code) => set({ code })}
                problem={problemOf(error, 'code')}
                autocomplete="one-time-code"
                required
              />
              <TextField
                label={words.name}
                value={form.name}
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
            value={form.email}
            onChange={(email) => set({ email })}
            problem={problemOf(error, 'email')}
            autocomplete="username"
            required
          />
          <TextField
            label={words.password}
            type="password"
            value={form.password}
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

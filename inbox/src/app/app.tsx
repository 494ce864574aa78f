import { LocationProvider } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { asApiError, isPassing, whenSignedOut } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';
import { signal } from '@preact/signals';
import { readSession, readSetup } from '../api/session.ts';
import { begin, end, session } from '../state/session.ts';
import { Loading, Problem } from '../ui/feedback.tsx';
import { CrashGuard } from './crash-guard.tsx';
import { Gate } from './gate.tsx';
import { Shell } from './shell.tsx';
import { Toasts } from './toasts.tsx';

/** Between two tries to reach the server. */
const AGAIN_MS = 5_000;

const setupNeeded = signal(false);
const failure = signal<ApiError | null>(null);

/** Finds out who is here. */
async function start(): Promise<void> {
  try {
    setupNeeded.value = (await readSetup()).needed;
    if (setupNeeded.value) end();
    else begin(await readSession());
    failure.value = null;
  } catch (error) {
    const problem = asApiError(error);
    failure.value = problem.code === 'unauthenticated' ? null : problem;
    if (failure.value === null) end();
  }
}

/** The whole app: the gate, or the shell for whoever is signed in. */
export function App() {
  useEffect(() => {
    whenSignedOut(end);
    void start();
  }, []);
  // Who opened the app without a network is let in when it is back.
  const waits = failure.value !== null && isPassing(failure.value);
  useEffect(() => {
    if (!waits) return;
    const again = () => void start();
    const timer = setInterval(again, AGAIN_MS);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [waits]);
  if (failure.value)
    return (
      <main class="gate">
        <Problem error={failure.value} retry={() => void start()} />
      </main>
    );
  if (session.value === undefined) return <Loading />;
  return (
    <CrashGuard>
      <LocationProvider>
        {session.value ? (
          <Shell key={session.value.user.id} />
        ) : (
          <Gate setup={setupNeeded.value} onIn={() => (setupNeeded.value = false)} />
        )}
      </LocationProvider>
      <Toasts />
    </CrashGuard>
  );
}

import { LocationProvider } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { asApiError, whenSignedOut } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';
import { signal } from '@preact/signals';
import { readSession, readSetup } from '../api/session.ts';
import { begin, end, session } from '../state/session.ts';
import { Loading, Problem } from '../ui/feedback.tsx';
import { CrashGuard } from './crash-guard.tsx';
import { Gate } from './gate.tsx';
import { Shell } from './shell.tsx';
import { Toasts } from './toasts.tsx';

const setupNeeded = signal(false);
const failure = signal<ApiError | null>(null);

/** Finds out who is here. */
async function start(): Promise<void> {
  failure.value = null;
  try {
    setupNeeded.value = (await readSetup()).needed;
    if (setupNeeded.value) end();
    else begin(await readSession());
  } catch (error) {
    const problem = asApiError(error);
    if (problem.code === 'unauthenticated') end();
    else failure.value = problem;
  }
}

/** The whole app: the gate, or the shell for whoever is signed in. */
export function App() {
  useEffect(() => {
    whenSignedOut(end);
    void start();
  }, []);
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

import { computed, signal } from '@preact/signals';
import type { Right } from '../../../src/contract/rights.ts';
import type { SessionView } from '../../../src/contract/wire.ts';
import { setCsrf } from '../api/http.ts';

/** Who is signed in. Undefined: not known yet; null: nobody. */
export const session = signal<SessionView | null | undefined>(undefined);
export const me = computed(() => session.value?.user ?? null);

/** Whether the reader has a right at all; how far it reaches is the server's to say. */
export function can(right: Right): boolean {
  return session.value?.grants[right] !== undefined;
}

/** The same where a right may not be needed at all. */
export const may = (right: Right | null): boolean => right === null || can(right);

/** Takes over a session that the server gave. */
export function begin(view: SessionView): void {
  setCsrf(view.csrf);
  session.value = view;
}
/** Forgets the session. */
export function end(): void {
  setCsrf('');
  session.value = null;
}

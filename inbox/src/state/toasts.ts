import { signal } from '@preact/signals';
import { asApiError } from '../api/http.ts';

/** Something told at the edge of the screen. */
export interface Toast {
  id: number;
  tone: 'plain' | 'good' | 'warn' | 'bad';
  title: string;
  text: string;
  conversationId: string | null;
  /** What can still be done about it. */
  act: { label: string; run: () => unknown } | null;
}

export const toasts = signal<readonly Toast[]>([]);
let last = 0;

/** Shows a toast; bad ones stay longer. */
export function tell(
  tone: Toast['tone'],
  title: string,
  more = '',
  conversationId?: string,
  act: Toast['act'] = null,
): void {
  // Who is told for two reasons reads it once.
  const same = (toast: Toast) =>
    toast.title === title &&
    toast.text === more &&
    toast.conversationId === (conversationId ?? null);
  if (!act && toasts.value.some(same)) return;
  const id = ++last;
  toasts.value = [
    ...toasts.value.slice(-3),
    { id, tone, title, text: more, conversationId: conversationId ?? null, act },
  ];
  setTimeout(() => dismiss(id), act || tone === 'bad' || tone === 'warn' ? 10_000 : 4_500);
}
/** Takes a toast away. */
export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
/** Tells of anything thrown; says whether there was a failure. */
export async function attempt<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    const { message, hint } = asApiError(error);
    tell('bad', message, hint);
    return null;
  }
}

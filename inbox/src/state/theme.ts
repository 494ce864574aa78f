import { effect, signal } from '@preact/signals';
import { keep, kept } from './keep.ts';

/** What the reader chose; `system` follows the machine. */
export type Theme = 'system' | 'light' | 'dark';
const isTheme = (value: unknown): value is Theme =>
  value === 'system' || value === 'light' || value === 'dark';

export const theme = signal<Theme>(kept('theme', isTheme) ?? 'system');

/** Keeps the document in the chosen colours. */
export function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const systemDark = signal(dark.matches);
  dark.addEventListener('change', (event) => {
    systemDark.value = event.matches;
  });
  effect(() => {
    const chosen = theme.value === 'system' ? (systemDark.value ? 'dark' : 'light') : theme.value;
    document.documentElement.dataset.theme = chosen;
    document
      .querySelector('meta[name="theme-color"]')
      ?.setAttribute('content', chosen === 'dark' ? '#16191a' : '#f3f4f2');
    keep('theme', theme.value === 'system' ? null : theme.value);
  });
}

import { signal } from '@preact/signals';
import type { CommandView } from '../../../src/contract/wire.ts';
import { listCommands } from '../api/operations.ts';
import { attempt } from '../state/toasts.ts';

/** All commands the reader may run; null until asked for. */
export const commands = signal<readonly CommandView[] | null>(null);
let asking: Promise<void> | null = null;

/** Fetches the commands once. */
export function loadCommands(): Promise<void> {
  if (commands.value) return Promise.resolve();
  asking ??= attempt(listCommands()).then((page) => {
    asking = null;
    if (page) commands.value = page.items;
  });
  return asking;
}

/** Whether what was typed is a command and not a text for the customer. */
export const isCommand = (typed: string): boolean => /^\/(?!\/)|^!\p{L}/u.test(typed);

/** Whether a canned answer is being looked for. */
export const isCanned = (typed: string): boolean => typed.startsWith('//');

/** Commands that what was typed may become. */
export function completionsOf(typed: string, all: readonly CommandView[]): CommandView[] {
  const line = typed.slice(1).toLowerCase();
  return all.filter(
    ({ name }) =>
      name.toLowerCase().startsWith(line.trimEnd()) && line.trim().length <= name.length,
  );
}

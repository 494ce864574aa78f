import { useEffect } from 'preact/hooks';
import { canned, cannedFor, loadCanned } from '../state/canned.ts';
import { commands, completionsOf, isCanned, isCommand, loadCommands } from './commands.ts';
import { useCompletions } from './completions.tsx';
import type { CompletionState } from './completions.tsx';

/** Offers commands after `/` and canned answers after `//`. */
export function useLineCompletions(
  typed: string,
  lineId: string,
  onLine: (line: string) => void,
  onCanned: (id: string) => void,
): CompletionState {
  const command = isCommand(typed);
  const saved = isCanned(typed);
  useEffect(() => {
    if (command) void loadCommands();
    if (saved) void loadCanned();
  }, [command, saved]);
  const fitting = saved
    ? cannedFor(lineId, typed.slice(2), canned.value ?? []).map((one) => ({
        name: one.id,
        usage: `//${one.shortcut}`,
        summary: one.title || one.text,
      }))
    : command
      ? completionsOf(typed, commands.value ?? [])
      : [];
  const sure = command && fitting.some(({ name }) => name === typed.slice(1).trim());
  return useCompletions(typed, fitting, sure, ({ name }) =>
    saved ? onCanned(name) : onLine(`${typed[0] ?? '/'}${name} `),
  );
}

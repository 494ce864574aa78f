import { useEffect } from 'preact/hooks';
import { canned, cannedFor, loadCanned } from '../state/canned.ts';
import { mentionable, mentionBegun, withMention } from '../state/mentions.ts';
import { users } from '../state/people.ts';
import { me } from '../state/session.ts';
import { commands, completionsOf, isCanned, isCommand, loadCommands } from './commands.ts';
import { useCompletions } from './completions.tsx';
import type { CompletionState } from './completions.tsx';

/** Offers commands after `/`, canned answers after `//`, and in a note colleagues after `@`. */
export function useLineCompletions(
  { typed, note, lineId }: { typed: string; note: boolean; lineId: string },
  onLine: (line: string) => void,
  onCanned: (id: string) => void,
): CompletionState {
  const command = isCommand(typed);
  const saved = isCanned(typed);
  const begun = note && !command && !saved ? mentionBegun(typed) : null;
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
      : begun !== null
        ? mentionable(begun, users.value ?? [], me.value?.id).map(({ name, handle }) => ({
            name: handle,
            usage: `@${handle}`,
            summary: name,
          }))
        : [];
  const sure = command && fitting.some(({ name }) => name === typed.slice(1).trim());
  return useCompletions(typed, fitting, sure, ({ name }) =>
    saved
      ? onCanned(name)
      : onLine(begun === null ? `${typed[0] ?? '/'}${name} ` : withMention(typed, name)),
  );
}

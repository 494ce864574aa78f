import type { Command } from '../../contract/command.ts';
import { distance } from './distance.ts';

/** What a typed line names. */
export type Found =
  | { kind: 'command'; command: Command; rest: string }
  /** `word`: what was typed as the name. `near`: what was perhaps meant, nearest first. */
  | { kind: 'unknown'; word: string; near: Command[] }
  /** No `/` or `!` in front. */
  | { kind: 'no-mark' };

const MOST_SUGGESTIONS = 3;

/**
 * Finds the command that a line names: the longest name wins, whatever the case and the blanks
 * between.
 */
export function findCommand(commands: readonly Command[], line: string): Found {
  const typed = /^\s*[/!]\s*(.*)$/s.exec(line)?.[1];
  if (typed === undefined) return { kind: 'no-mark' };
  const longestFirst = commands.toSorted((a, b) => b.name.length - a.name.length);
  for (const command of longestFirst) {
    const name = command.name.replaceAll(' ', '\\s+');
    const match = new RegExp(`^${name}(?:\\s(.*))?$`, 'is').exec(typed);
    if (match) return { kind: 'command', command, rest: match[1] ?? '' };
  }
  const word = /^\S*/.exec(typed)?.[0] ?? '';
  return { kind: 'unknown', word, near: nearCommands(commands, typed) };
}

/**
 * Commands whose name is near to `words`: longer names that begin so, and names a slip of the
 * finger away.
 */
function nearCommands(commands: readonly Command[], words: string): Command[] {
  const typed = words.trim().toLowerCase().split(/\s+/);
  return commands
    .map((command) => ({ command, off: offBy(typed, command.name) }))
    .filter(
      ({ command: { name }, off }) => off < name.length && off <= Math.max(1, name.length / 3),
    )
    .sort((a, b) => a.off - b.off || a.command.name.localeCompare(b.command.name))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ command }) => command);
}

/**
 * 0: only further words are missing. 1: the first word was not typed to its end. Else: slips of the
 * finger.
 */
function offBy(typed: readonly string[], name: string): number {
  const first = typed[0] ?? '';
  if (name.startsWith(`${first} `)) return 0;
  if (first.length > 1 && name.startsWith(first)) return 1;
  return distance(typed.slice(0, name.split(' ').length).join(' '), name);
}

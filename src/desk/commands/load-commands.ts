import { readdir } from 'node:fs/promises';
import type { Command } from '../../contract/command.ts';

const FOLDER = new URL('../../commands/', import.meta.url);

/**
 * Reads every command file of a folder (default: `src/commands`, or its compiled twin in `dist`),
 * by name. Each file's default export is one command. Throws with the file's name when one is no
 * command or a name is taken.
 */
export async function loadCommands(folder: URL = FOLDER): Promise<readonly Command[]> {
  const files = (await readdir(folder)).filter(
    (file) => /\.[jt]s$/.test(file) && !/\.(?:test|d)\.[jt]s$/.test(file),
  );
  const commands = await Promise.all(
    files.map(async (file) => {
      const module: unknown = await import(new URL(file, folder).href);
      return { file, command: asCommand(module) };
    }),
  );
  const taken = new Map<string, string>();
  for (const { file, command } of commands) {
    if (!command) throw new Error(`${file} has no command as its default export (defineCommand).`);
    const other = taken.get(command.name);
    if (other) throw new Error(`${file} and ${other} both name the command "${command.name}".`);
    taken.set(command.name, file);
  }
  return commands
    .flatMap(({ command }) => (command ? [command] : []))
    .sort((a, b) => a.name.localeCompare(b.name));
}

let loaded: Promise<readonly Command[]> | null = null;

/** The product's commands; read from the folder at the first call. */
export function allCommands(): Promise<readonly Command[]> {
  loaded ??= loadCommands();
  return loaded;
}

function asCommand(module: unknown): Command | null {
  const value = (module as { default?: unknown }).default;
  if (typeof value !== 'object' || value === null) return null;
  const candidate = value as Partial<Command>;
  const named = typeof candidate.name === 'string' && /^[a-z]+(?: [a-z]+)*$/.test(candidate.name);
  return named && typeof candidate.run === 'function' && candidate.args ? (value as Command) : null;
}

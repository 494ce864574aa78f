import type { Command } from '../../contract/command.ts';
import type { CommandView } from '../../contract/wire.ts';
import { may } from '../../domain/operators/permissions.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { allCommands } from './load-commands.ts';

/** The commands that the person may use, by name. */
export async function listCommands(who: Principal): Promise<CommandView[]> {
  return commandsOf(who, await allCommands());
}

/** Those of `commands` that the person may use, as others see them. */
export function commandsOf(who: Principal, commands: readonly Command[]): CommandView[] {
  return commands
    .filter(({ allow }) => allow === null || may(who, allow))
    .map(({ name, summary, usage, examples }) => ({ name, summary, usage, examples }));
}

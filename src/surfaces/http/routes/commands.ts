import { z } from 'zod';
import { listCommands } from '../../../desk/commands/list-commands.ts';
import { runCommand } from '../../../desk/commands/run-command.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idText, pageOfAll, wholeQuery } from '../endpoint/query.ts';

const commandBody = z.strictObject({
  text: z.string('Give the line that was typed.').max(21_000),
  conversationId: idText.optional(),
  clientId: z.string().min(1).max(128).optional(),
  seenSeq: z.number().int().min(0).optional(),
});

/** Chat commands. */
export const commandRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/commands',
    tag: 'commands',
    summary: 'Lists the commands that one may use',
    query: wholeQuery,
    answer: '[CommandView]',
    handle: async ({ who, query }) => pageOfAll(await listCommands(who), query),
  });
  api.add({
    method: 'POST',
    path: '/commands',
    tag: 'commands',
    summary: 'Runs a chat command and returns its card',
    description:
      'A refused command is a card with tone `bad` and status 200: people read it. `clientId` makes a command that sends safe to repeat.',
    body: commandBody,
    answer: 'CommandAnswer',
    handle: ({ desk, who, body }) => runCommand(desk, who, body),
  });
};

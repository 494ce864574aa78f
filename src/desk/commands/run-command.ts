import { Refusal } from '../../base/errors.ts';
import { cardText } from '../../contract/card.ts';
import type { Card } from '../../contract/card.ts';
import type { Command, CommandContext, CommandInput } from '../../contract/command.ts';
import type { CommandAnswer, CommandBody, ConversationView } from '../../contract/wire.ts';
import { may } from '../../domain/operators/permissions.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { readTalk } from '../talks/read-talk.ts';
import { commandActs } from './acts.ts';
import { findCommand } from './find-command.ts';
import { commandsOf } from './list-commands.ts';
import { allCommands } from './load-commands.ts';
import { readLine } from './read-line.ts';
import {
  noMarkCard,
  noRightCard,
  noTalkCard,
  outsideCard,
  refusedCard,
  unknownCard,
  wrongArgumentsCard,
} from './refusal-cards.ts';

/**
 * Runs a typed line and answers its card. What people can do wrong (a slip in the name, a missing
 * right, a wrong argument, a refusal of the use case) is a card too, with tone `bad`; everything is
 * checked before anything is done. `commands`: default, the product's.
 */
export async function runCommand(
  desk: Desk,
  who: Principal,
  request: CommandBody,
  commands?: readonly Command[],
): Promise<CommandAnswer> {
  const card = await cardOf(desk, who, request, commands ?? (await allCommands()));
  return { card, text: cardText(card) };
}

async function cardOf(
  desk: Desk,
  who: Principal,
  request: CommandBody,
  commands: readonly Command[],
): Promise<Card> {
  const found = findCommand(commands, request.text);
  if (found.kind === 'no-mark') return noMarkCard();
  if (found.kind === 'unknown') return unknownCard(found.word, found.near);
  const { command, rest } = found;
  if (command.allow !== null && !may(who, command.allow)) return noRightCard(command);
  if (command.inTalk && request.conversationId === undefined) return outsideCard(command);
  const args = await readArguments(command, rest);
  if (args.status === 'wrong') return wrongArgumentsCard(command, args.sentences);
  const talk = await talkOf(desk, who, request);
  if (talk instanceof Refusal) return noTalkCard(talk);
  try {
    return await command.run(args.value, await contextOf(desk, who, request, talk, commands));
  } catch (error) {
    if (error instanceof Refusal) return refusedCard(command, error);
    throw error;
  }
}

type ReadArguments = { status: 'ok'; value: unknown } | { status: 'wrong'; sentences: string[] };

async function readArguments(command: Command, rest: string): Promise<ReadArguments> {
  const input = inputOf(command, rest);
  if (typeof input === 'string') return { status: 'wrong', sentences: [input] };
  const read = await command.args.safeParseAsync(input);
  if (read.success) return { status: 'ok', value: read.data };
  return { status: 'wrong', sentences: read.error.issues.map(({ message }) => message) };
}

/** The line taken apart, or the sentence that says why it can not be. */
function inputOf(command: Command, rest: string): CommandInput | string {
  if (command.verbatim) return { words: [], named: {}, rest };
  const line = readLine(rest);
  return line.status === 'ok' ? line.input : line.why;
}

async function talkOf(
  desk: Desk,
  who: Principal,
  { conversationId }: CommandBody,
): Promise<ConversationView | Refusal | null> {
  if (conversationId === undefined) return null;
  try {
    return await readTalk(desk, who, conversationId);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

async function contextOf(
  desk: Desk,
  who: Principal,
  request: CommandBody,
  conversation: ConversationView | null,
  commands: readonly Command[],
): Promise<CommandContext> {
  const { id, name, handle, timeZone } = who.user;
  const { currency } = await desk.stores.settings.read();
  return {
    speaker: { id, name, handle, timeZone },
    conversation,
    currency,
    now: desk.clock.now(),
    acts: commandActs(desk, who, request, conversation, commandsOf(who, commands)),
  };
}

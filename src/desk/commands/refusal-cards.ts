import { ERRORS } from '../../base/errors.ts';
import type { Refusal } from '../../base/errors.ts';
import type { Block, Card } from '../../contract/card.ts';
import type { Command } from '../../contract/command.ts';

const bad = (title: string, blocks: Block[], buttons?: Card['buttons']): Card => ({
  title,
  tone: 'bad',
  blocks,
  ...(buttons ? { buttons } : {}),
});
const text = (words: string): Block => ({ kind: 'text', text: words });
const HELP = { label: 'All commands', command: '/help' };

/** How the command is written, with an example. */
function howTo(command: Command): Block {
  const [example] = command.examples;
  return {
    kind: 'fields',
    fields: [
      { label: 'Write', value: command.usage },
      ...(example === undefined ? [] : [{ label: 'Example', value: example }]),
    ],
  };
}

/** The line begins with no mark. */
export function noMarkCard(): Card {
  return bad('This is no command', [text('A command begins with / or !, e.g. /help.')], [HELP]);
}

/** No command has this name. */
export function unknownCard(word: string, near: readonly Command[]): Card {
  const blocks: Block[] =
    near.length === 0
      ? []
      : [
          text('Perhaps you meant:'),
          {
            kind: 'list',
            items: near.map(({ name, usage, summary }) => ({
              title: usage,
              detail: summary,
              command: `/help ${name}`,
            })),
          },
        ];
  return bad(word === '' ? 'Which command?' : `There is no command /${word}`, blocks, [HELP]);
}

/** The speaker lacks the right. */
export function noRightCard(command: Command): Card {
  return bad(`You may not use /${command.name}`, [text(ERRORS.forbidden.hint)]);
}

/** The command was typed outside of a talk. */
export function outsideCard(command: Command): Card {
  return bad(`/${command.name} works inside a talk`, [text('Open the talk and type it there.')]);
}

/** What was typed after the name does not fit: what was expected, and an example. */
export function wrongArgumentsCard(command: Command, sentences: readonly string[]): Card {
  return bad(`/${command.name} was not understood`, [...sentences.map(text), howTo(command)]);
}

/** A use case refused. */
export function refusedCard(command: Command, refusal: Refusal): Card {
  const shape = refusal.code === 'malformed' || refusal.code === 'rule_broken';
  return bad(refusal.message, [shape ? howTo(command) : text(ERRORS[refusal.code].hint)]);
}

/**
 * A use case refused before the command could begin: the talk is not there, or not the speaker's to
 * see.
 */
export function noTalkCard(refusal: Refusal): Card {
  return bad(refusal.message, [text(ERRORS[refusal.code].hint)]);
}

import type { CannedAnswerView } from '../contract/wire.ts';
import { commandInput, defineCommand } from '../contract/command.ts';
import type { Card } from '../contract/card.ts';

const MOST = 20;

/** `/canned refund`; alone it lists what there is. */
export default defineCommand({
  name: 'canned',
  summary: 'Sends a canned answer, or lists them',
  usage: '/canned [name]',
  examples: ['/canned refund', '/canned'],
  allow: 'talk.reply',
  inTalk: true,
  args: commandInput
    .refine(
      ({ words, named }) => words.length <= 1 && Object.keys(named).length === 0,
      'Give one name, e.g. /canned refund.',
    )
    .transform(({ words }) => words[0]?.toLowerCase() ?? null),
  async run(name, { acts, conversation }) {
    if (name === null) return listCard(await acts.cannedAnswers());
    const { text } = await acts.canned(name);
    return {
      title: `On its way to ${conversation?.contact.name ?? 'the customer'}`,
      tone: 'good',
      blocks: [{ kind: 'text', text }],
    };
  },
});

function listCard(answers: readonly CannedAnswerView[]): Card {
  if (answers.length === 0)
    return {
      title: 'There are no canned answers for this line',
      blocks: [{ kind: 'text', text: 'An administrator or supervisor can make them.' }],
    };
  const items = answers.slice(0, MOST).map(({ shortcut, title, text }) => ({
    title: shortcut,
    detail: title === '' ? text.slice(0, 80) : title,
    command: `/canned ${shortcut}`,
  }));
  const more = answers.length - items.length;
  return {
    title: 'Canned answers',
    blocks: [
      { kind: 'list', items },
      ...(more > 0 ? [{ kind: 'text' as const, text: `And ${more} more.` }] : []),
    ],
  };
}

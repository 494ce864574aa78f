import { commandInput, defineCommand } from '../contract/command.ts';

const EXPECTED = 'Give the text in quotes and then the time, e.g. /later "Any news?" fri 10:00.';

/** `/later "text" fri 10:00`. */
export default defineCommand({
  name: 'later',
  summary: 'Sends an answer at a later time',
  usage: '/later "text" time',
  examples: ['/later "Did it arrive?" fri 10:00', '/later "Good morning!" tomorrow 9:00'],
  allow: 'talk.reply',
  inTalk: true,
  args: commandInput
    .refine(({ words, named }) => words.length >= 2 && Object.keys(named).length === 0, EXPECTED)
    .refine(({ words }) => words[0]?.trim() !== '', EXPECTED)
    .transform(({ words: [text = '', ...when] }) => ({ text, when: when.join(' ') })),
  async run({ text, when }, { acts, speaker, conversation }) {
    const { sendAt } = await acts.later(text, when);
    const at = new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: speaker.timeZone, dateStyle: 'full', timeStyle: 'short' },
    }).format(new Date(sendAt));
    return {
      title: `Goes to ${conversation?.contact.name ?? 'the customer'} on ${at}`,
      tone: 'good',
      blocks: [{ kind: 'text', text }],
    };
  },
});

import { z } from 'zod';
import { commandInput, defineCommand } from '../contract/command.ts';

const EXPECTED = 'Name one colleague with @.';

/** `/invite @bob`. */
export default defineCommand({
  name: 'invite',
  summary: 'Lets a colleague see this talk and answer in it',
  usage: '/invite @person',
  examples: ['/invite @bob'],
  allow: 'talk.reply',
  inTalk: true,
  args: commandInput
    .refine(({ words, named }) => words.length === 1 && Object.keys(named).length === 0, EXPECTED)
    .transform(({ words }) => words[0] ?? '')
    .pipe(z.string().regex(/^@?[\p{L}\p{N}._-]+$/u, EXPECTED)),
  async run(person, { acts }) {
    const { conversation, to } = await acts.invite(person);
    return {
      title: `${to.name} sees the talk with ${conversation.contact.name} now`,
      tone: 'good',
      blocks: [],
    };
  },
});

import { z } from 'zod';
import { commandInput, defineCommand } from '../contract/command.ts';

const EXPECTED = 'Name one colleague with @.';

/** `/assign @ann`. */
export default defineCommand({
  name: 'assign',
  summary: 'Gives this talk to a colleague',
  usage: '/assign @person',
  examples: ['/assign @ann'],
  allow: 'talk.assign',
  inTalk: true,
  args: commandInput
    .refine(({ words, named }) => words.length === 1 && Object.keys(named).length === 0, EXPECTED)
    .transform(({ words }) => words[0] ?? '')
    .pipe(z.string().regex(/^@?[\p{L}\p{N}._-]+$/u, EXPECTED)),
  async run(person, { acts }) {
    const { conversation, to } = await acts.assign(person);
    return {
      title: `${to.name} has the talk with ${conversation.contact.name} now`,
      tone: 'good',
      blocks: [],
      buttons: [{ label: 'Take it back', command: '/take' }],
    };
  },
});

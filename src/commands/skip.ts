import { commandInput, defineCommand } from '../contract/command.ts';

/** `/skip`, `/skip speaks French`. */
export default defineCommand({
  name: 'skip',
  summary: 'Says no to this talk: the queue gives it to the next',
  usage: '/skip [why]',
  examples: ['/skip', '/skip speaks French'],
  allow: 'talk.take',
  inTalk: true,
  verbatim: true,
  args: commandInput.transform(({ rest }) => rest.trim() || null),
  async run(why, { acts }) {
    const { contact } = await acts.skip(why);
    return {
      title: `The talk with ${contact.name} goes to the next`,
      tone: 'good',
      blocks: [],
      buttons: [{ label: 'Take it after all', command: '/take' }],
    };
  },
});

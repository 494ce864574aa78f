import { onePerson } from '../contract/command-args.ts';
import { defineCommand } from '../contract/command.ts';

/** `/invite @bob`. */
export default defineCommand({
  name: 'invite',
  summary: 'Lets a colleague see this talk and answer in it',
  usage: '/invite @person',
  examples: ['/invite @bob'],
  allow: 'talk.reply',
  inTalk: true,
  args: onePerson(),
  async run(person, { acts }) {
    const { conversation, to } = await acts.invite(person);
    return {
      title: `${to.name} sees the talk with ${conversation.contact.name} now`,
      tone: 'good',
      blocks: [],
    };
  },
});

import { onePerson } from '../contract/command-args.ts';
import { defineCommand } from '../contract/command.ts';

/** `/assign @ann`. */
export default defineCommand({
  name: 'assign',
  summary: 'Gives this talk to a colleague',
  usage: '/assign @person',
  examples: ['/assign @ann'],
  allow: 'talk.assign',
  inTalk: true,
  args: onePerson(),
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

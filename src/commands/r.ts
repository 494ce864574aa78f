import { defineCommand } from '../contract/command.ts';
import { typedText } from './arguments/typed-text.ts';

/** `/r text`: the only command that reaches the customer. */
export default defineCommand({
  name: 'r',
  summary: 'Sends an answer to the customer',
  usage: '/r text',
  examples: ['/r Your parcel left us this morning.'],
  allow: 'talk.reply',
  inTalk: true,
  verbatim: true,
  args: typedText('Write the answer after /r.'),
  async run(text, { acts, conversation }) {
    await acts.reply(text);
    return {
      title: `On its way to ${conversation?.contact.name ?? 'the customer'}`,
      tone: 'good',
      blocks: [],
    };
  },
});

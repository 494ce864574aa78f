import { defineCommand } from '../contract/command.ts';
import { nothing } from './arguments/nothing.ts';
import { OWNER_BUTTONS } from './cards/talk-buttons.ts';

/** `/reopen`. */
export default defineCommand({
  name: 'reopen',
  summary: 'Opens a closed talk again; it is yours then',
  usage: '/reopen',
  examples: ['/reopen'],
  allow: 'talk.reply',
  inTalk: true,
  args: nothing,
  async run(_, { acts }) {
    const { contact } = await acts.reopen();
    return {
      title: `The talk with ${contact.name} is open again, and yours`,
      tone: 'good',
      blocks: [],
      buttons: OWNER_BUTTONS,
    };
  },
});

import { defineCommand } from '../contract/command.ts';
import { nothing } from './arguments/nothing.ts';
import { OWNER_BUTTONS } from './cards/talk-buttons.ts';

/** `/take`. */
export default defineCommand({
  name: 'take',
  summary: 'Makes this talk yours',
  usage: '/take',
  examples: ['/take'],
  allow: 'talk.take',
  inTalk: true,
  args: nothing,
  async run(_, { acts }) {
    const { contact } = await acts.take();
    return {
      title: `The talk with ${contact.name} is yours`,
      tone: 'good',
      blocks: [],
      buttons: OWNER_BUTTONS,
    };
  },
});

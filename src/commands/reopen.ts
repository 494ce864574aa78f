import { defineCommand } from '../contract/command.ts';
import { nothing } from './arguments/nothing.ts';

/** `/reopen`. */
export default defineCommand({
  name: 'reopen',
  summary: 'Opens a closed talk again',
  usage: '/reopen',
  examples: ['/reopen'],
  allow: 'talk.close',
  inTalk: true,
  args: nothing,
  async run(_, { acts }) {
    const { contact, ownerName } = await acts.reopen();
    return {
      title: `The talk with ${contact.name} is open again`,
      tone: 'good',
      blocks: ownerName === null ? [] : [{ kind: 'fields', fields: [{ label: 'Owner', value: ownerName }] }],
      buttons: [{ label: 'Take', command: '/take', style: 'primary' }],
    };
  },
});

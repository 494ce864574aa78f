import { defineCommand } from '../contract/command.ts';
import { typedText } from './arguments/typed-text.ts';

/** `/note text`. */
export default defineCommand({
  name: 'note',
  summary: 'Writes a note that only colleagues see',
  usage: '/note text',
  examples: ['/note Asked for a discount last year', '/note @bob knows this customer'],
  allow: 'talk.reply',
  inTalk: true,
  verbatim: true,
  args: typedText('Write the note after /note.'),
  async run(text, { acts }) {
    await acts.note(text);
    return {
      title: 'Note kept',
      tone: 'good',
      blocks: [{ kind: 'text', text: 'Only colleagues see it.' }],
    };
  },
});

import { commandInput, defineCommand } from '../contract/command.ts';

/** `/tag vip`, `/tag -vip`. */
export default defineCommand({
  name: 'tag',
  summary: 'Tags this talk; a minus takes a tag away',
  usage: '/tag tag … [-tag …]',
  examples: ['/tag vip', '/tag "big order" -new'],
  allow: 'talk.reply',
  inTalk: true,
  args: commandInput
    .refine(
      ({ words, named }) => words.length > 0 && Object.keys(named).length === 0,
      'Give at least one tag.',
    )
    .transform(({ words }) => ({
      add: words.filter((word) => !word.startsWith('-')),
      remove: words.filter((word) => word.startsWith('-')).map((word) => word.slice(1)),
    })),
  async run(change, { acts }) {
    const { contact, tags = [] } = await acts.tag(change);
    return {
      title: `Tags of the talk with ${contact.name}`,
      tone: 'good',
      blocks: [{ kind: 'text', text: tags.length > 0 ? tags.join(', ') : 'None.' }],
    };
  },
});

import type { Block, Card } from '../contract/card.ts';
import { commandInput, defineCommand } from '../contract/command.ts';
import type { CommandView } from '../contract/wire.ts';

/** `/help`, `/help deal`. */
export default defineCommand({
  name: 'help',
  summary: 'All commands, or how one is written',
  usage: '/help [command]',
  examples: ['/help', '/help deal'],
  allow: null,
  args: commandInput.transform(({ words }) =>
    words
      .join(' ')
      .toLowerCase()
      .replace(/^[/!]\s*/, ''),
  ),
  async run(topic, { acts }): Promise<Card> {
    const commands = acts.commands();
    if (topic === '') return { title: 'Commands', blocks: [listOf(commands)] };
    const meant = commands.filter(({ name }) => name === topic || name.startsWith(`${topic} `));
    if (meant.length === 0)
      return {
        title: `There is no command /${topic}`,
        tone: 'bad',
        blocks: [listOf(commands)],
      };
    return { title: `/${topic}`, blocks: meant.flatMap(explain) };
  },
});

function listOf(commands: readonly CommandView[]): Block {
  return {
    kind: 'list',
    items: commands.map(({ name, usage, summary }) => ({
      title: usage,
      detail: summary,
      command: `/help ${name}`,
    })),
  };
}

function explain({ usage, summary, examples }: CommandView): Block[] {
  return [
    { kind: 'text', text: summary },
    {
      kind: 'fields',
      fields: [
        { label: 'Write', value: usage },
        ...examples.map((example) => ({ label: 'Example', value: example })),
      ],
    },
  ];
}

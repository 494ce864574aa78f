import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadCommands } from '../../src/desk/commands/load-commands.ts';

const page = readFileSync(new URL('../../docs/operators/commands.md', import.meta.url), 'utf8');
const sections = new Map(
  page
    .split(/^### \//m)
    .slice(1)
    .map((section) => [
      section.slice(0, section.indexOf('\n')),
      section.slice(section.indexOf('\n')),
    ]),
);
const commands = await loadCommands();

it('describes exactly the commands that there are, by name', () => {
  expect([...sections.keys()]).toEqual(commands.map(({ name }) => name));
});

it.each(commands.map((command) => [command.name, command] as const))(
  'says of /%s what the command says of itself',
  (name, { summary, usage, examples }) => {
    const begins = [
      '',
      '',
      summary,
      '',
      `\`${usage}\``,
      '',
      ...examples.map((line) => `- \`${line}\``),
      '',
    ];
    expect(sections.get(name)?.split('\n').slice(0, begins.length)).toEqual(begins);
  },
);

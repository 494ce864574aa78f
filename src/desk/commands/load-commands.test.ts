import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findCommand } from './find-command.ts';
import { loadCommands } from './load-commands.ts';
import { readLine } from './read-line.ts';

/** A folder of command files. */
function folderOf(files: Record<string, string>): URL {
  const folder = mkdtempSync(path.join(tmpdir(), 'commands-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return pathToFileURL(`${folder}/`);
}
const source = (name: string): string =>
  `export default { name: '${name}', run() {}, args: {}, allow: null };`;

describe('loadCommands', () => {
  it('reads every command file of the folder, by name, and nothing else', async () => {
    const folder = folderOf({
      'b.js': source('bee'),
      'a.js': source('ant hill'),
      'a.test.js': 'throw new Error("a test was loaded")',
      'a.js.map': '{}',
      'README.md': '',
    });
    expect((await loadCommands(folder)).map(({ name }) => name)).toEqual(['ant hill', 'bee']);
  });

  it('names the file that is no command', async () => {
    await expect(loadCommands(folderOf({ 'odd.js': 'export const x = 1;' }))).rejects.toThrow(
      'odd.js',
    );
    await expect(loadCommands(folderOf({ 'loud.js': source('Loud!') }))).rejects.toThrow('loud.js');
  });

  it('names both files of one name', async () => {
    const folder = folderOf({ 'a.js': source('bee'), 'b.js': source('bee') });
    await expect(loadCommands(folder)).rejects.toThrow('b.js and a.js both name the command "bee"');
  });
});

describe('the commands that come with the product', async () => {
  const commands = await loadCommands();

  it.each(commands.flatMap((command) => command.examples.map((line) => [line, command] as const)))(
    'understands its own example %s',
    async (line, command) => {
      const found = findCommand(commands, line);
      expect(found).toMatchObject({ kind: 'command', command: { name: command.name } });
      const rest = found.kind === 'command' ? found.rest : '';
      const read = command.verbatim
        ? { status: 'ok' as const, input: { words: [], named: {}, rest } }
        : readLine(rest);
      expect(read.status).toBe('ok');
      if (read.status === 'ok')
        expect((await command.args.safeParseAsync(read.input)).error?.issues).toBeUndefined();
    },
  );

  it('each have a summary and a usage that begins with their name', () => {
    for (const { name, summary, usage } of commands) {
      expect(summary).not.toBe('');
      expect(usage.startsWith(`/${name}`)).toBe(true);
    }
  });
});

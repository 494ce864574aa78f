import { describe, expect, it } from 'vitest';
import { commandInput, defineCommand } from '../../contract/command.ts';
import { distance } from './distance.ts';
import { findCommand } from './find-command.ts';

const commands = ['help', 'deal', 'deal new', 'take', 'r', 'close', 'contact', 'contact set'].map(
  (name) =>
    defineCommand({
      name,
      summary: '',
      usage: `/${name}`,
      examples: [],
      allow: null,
      args: commandInput,
      run: async () => ({ title: name, blocks: [] }),
    }),
);

function found(line: string): string {
  const result = findCommand(commands, line);
  return result.kind === 'command' ? `${result.command.name}|${result.rest}` : result.kind;
}
function near(line: string): string[] {
  const result = findCommand(commands, line);
  return result.kind === 'unknown' ? result.near.map(({ name }) => name) : [];
}

describe('findCommand', () => {
  it.each([
    ['/take', 'take|'],
    ['!take', 'take|'],
    ['  /TAKE ', 'take|'],
    ['/deal new "Website" 5', 'deal new|"Website" 5'],
    ['/deal\t new\n"Website" 5', 'deal new|"Website" 5'],
    ['/deal newer', 'deal|newer'],
    ['/r  two blanks,\n\nlines ', 'r| two blanks,\n\nlines '],
    ['/really', 'unknown'],
    ['take', 'no-mark'],
    ['/', 'unknown'],
  ])('reads %j as %j', (line, expected) => {
    expect(found(line)).toBe(expected);
  });

  it.each([
    ['/tkae', ['take']],
    ['/hepl deal', ['help']],
    ['/colse won', ['close']],
    ['/cont', ['contact', 'contact set']],
    ['/contat set a=b', ['contact', 'contact set']],
    ['/zzz', []],
    ['/x', []],
  ])('suggests for %j %j', (line, expected) => {
    expect(near(line)).toEqual(expected);
  });
});

describe('distance', () => {
  it.each([
    ['', '', 0],
    ['take', 'take', 0],
    ['take', 'tkae', 1],
    ['take', 'tak', 1],
    ['take', 'takes', 1],
    ['take', 'tale', 1],
    ['ca', 'abc', 3],
    ['', 'abc', 3],
  ])('between %j and %j is %i', (a, b, expected) => {
    expect(distance(a, b)).toBe(expected);
    expect(distance(b, a)).toBe(expected);
  });
});

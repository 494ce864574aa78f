import { describe, expect, it } from 'vitest';
import type { UserView } from '../../../src/contract/wire.ts';
import { markMentions, mentionable, mentionBegun, withMention } from './mentions.ts';

const user = (name: string, handle: string, active = true) =>
  ({ id: handle, name, handle, active }) as UserView;
const users = [user('Ann Lee', 'ann'), user('Bob Ray', 'bob'), user('Gone Girl', 'gone', false)];

describe('a colleague named in a note', () => {
  it('is looked for from the @ on, but not inside of an address', () => {
    expect(mentionBegun('please @b')).toBe('b');
    expect(mentionBegun('@')).toBe('');
    expect(mentionBegun('(@An')).toBe('an');
    expect(mentionBegun('mail a@b')).toBeNull();
    expect(mentionBegun('@bob what')).toBeNull();
  });

  it('is offered by handle or any part of the name; not oneself, not who has left', () => {
    const offered = (begun: string) => mentionable(begun, users, 'ann').map(({ id }) => id);
    expect(offered('')).toEqual(['bob']);
    expect(offered('ray')).toEqual(['bob']);
    expect(offered('an')).toEqual([]);
    expect(offered('g')).toEqual([]);
  });

  it('is finished where it was begun', () => {
    expect(withMention('please @b', 'bob')).toBe('please @bob ');
    expect(withMention('@', 'b$1')).toBe('@b$1 ');
  });

  it('does not stand out inside of an address', () => {
    const parts = [{ kind: 'text', text: 'Write to info@bob.example' }] as const;
    expect(markMentions(parts, ['bob.example', 'bob'])).toEqual([{ ...parts[0], marks: [] }]);
  });

  it('stands out in the note', () => {
    const [part] = markMentions([{ kind: 'text', text: 'Ask @Bob. Or @ann?' }], ['bob']);
    expect(part).toEqual({
      kind: 'text',
      text: 'Ask @Bob. Or @ann?',
      marks: [{ type: 'bold', offset: 4, length: 4 }],
    });
  });
});

import { z } from 'zod';
import type { TransferTo } from '../contract/command.ts';
import { commandInput, defineCommand } from '../contract/command.ts';

const EXPECTED = 'Name a colleague with @, a line as line:Sales, or a role as role:supervisor.';

/** `/transfer @ann`, `/transfer line:Sales "Asks for an offer"`. */
export default defineCommand({
  name: 'transfer',
  summary: 'Gives this talk to a colleague, a line or a role, with a note for them',
  usage: '/transfer @person|line:name|role:name [note]',
  examples: ['/transfer @ann', '/transfer line:Sales', '/transfer role:supervisor "Very angry"'],
  allow: 'talk.assign',
  inTalk: true,
  args: commandInput.transform(({ words, named }, context) => {
    const [first = '', ...note] = words;
    const to = targetOf(first);
    if (to && Object.keys(named).length === 0) return { to, note: note.join(' ') || null };
    context.addIssue({ code: 'custom', message: EXPECTED });
    return z.NEVER;
  }),
  async run({ to, note }, { acts }) {
    const { contact, ownerName, lineName, forRole } = await acts.transfer(to, note);
    return {
      title: forRole
        ? `The talk with ${contact.name} waits for the first ${forRole.name} who is free`
        : `${ownerName ?? lineName} has the talk with ${contact.name} now`,
      tone: 'good',
      blocks: note === null ? [] : [{ kind: 'text', text: note }],
    };
  },
});

function targetOf(word: string): TransferTo | null {
  const [, kind, name] = /^(?:(line|role):)?@?(.+)$/i.exec(word) ?? [];
  if (!name) return null;
  if (!kind) return /^[\p{L}\p{N}._-]+$/u.test(name) ? { kind: 'person', name } : null;
  return { kind: kind.toLowerCase() === 'line' ? 'line' : 'role', name };
}

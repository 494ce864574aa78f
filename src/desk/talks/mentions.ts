import { Refusal } from '../../base/errors.ts';
import { mentionWords } from '../../contract/rules/mentions.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Desk } from '../desk.ts';
import { principalOf } from '../people/identify.ts';
import { canSee } from './access.ts';
import { letIn } from './invite-to-talk.ts';

/** A note calls at most so many colleagues; the names after them are words like others. */
const MAX_MENTIONS = 10;
const EXCERPT = 140;

const namesIn = (text: string): string[] =>
  [...new Set(mentionWords(text).map(({ handle }) => handle))].slice(0, MAX_MENTIONS);

/** Who a note calls by `@handle`: active colleagues, the writer not counted. What names nobody is a word like others. */
export async function mentionedIn(desk: Desk, who: Principal, text: string): Promise<User[]> {
  const found = await Promise.all(namesIn(text).map((name) => desk.stores.users.byHandle(name)));
  return found.filter((user): user is User => !!user?.active && user.id !== who.user.id);
}

/** Those of them who do not see the talk. Throws `rule_broken` when it is closed: then nobody can be let in. */
export async function strangersAmong(
  desk: Desk,
  conversation: Conversation,
  users: readonly User[],
): Promise<User[]> {
  const principals = await Promise.all(users.map((user) => principalOf(desk, user)));
  const strangers = principals.flatMap((one) => (canSee(one, conversation) ? [] : [one.user]));
  const [first] = strangers;
  if (first && conversation.session.state === 'closed')
    throw new Refusal(
      'rule_broken',
      `${first.name} does not see this closed talk. Reopen it first, or leave the @ away.`,
      { field: 'text' },
    );
  return strangers;
}

/** Lets in who does not see the talk, and tells everybody who was called. */
export async function callMentioned(
  desk: Desk,
  who: Principal,
  conversation: Conversation,
  note: { text: string; users: readonly User[]; strangers: readonly User[] },
): Promise<void> {
  for (const user of note.strangers) await letIn(desk, who, conversation, user);
  if (note.users.length === 0) return;
  desk.bus.publish({
    type: 'alert',
    audience: { userIds: note.users.map(({ id }) => id) },
    tone: 'plain',
    title: `${who.user.name} mentions you`,
    text: note.text.replace(/\s+/g, ' ').trim().slice(0, EXCERPT),
    conversationId: conversation.id,
  });
}

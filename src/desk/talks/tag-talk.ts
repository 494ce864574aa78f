import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Unwritten } from '../../domain/conversations/change.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { changeOf, writeDown } from '../../domain/conversations/record-event.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { actableTalk, actorOf } from './access.ts';

const MOST = 30;
const LONGEST = 40;
/** Two people who tag at the same moment each see what the other did. */
const ATTEMPTS = 5;

/** Adds and removes tags. They are kept in lower case, without `#` and needless blanks. */
export async function tagTalk(
  desk: Desk,
  who: Principal,
  id: string,
  { add = [], remove = [] }: { add?: readonly string[]; remove?: readonly string[] },
): Promise<ConversationView> {
  const adding = add.map(tidy);
  const removing = new Set(remove.map(tidy));
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const seen = await actableTalk(desk, who, id, 'talk.reply', 'tag this talk');
    const kept = seen.tags.filter((tag) => !removing.has(tag));
    const tags = [...new Set([...kept, ...adding])];
    if (tags.length > MOST)
      throw new Refusal('rule_broken', `A talk has at most ${MOST} tags.`, { field: 'add' });
    if (tags.join('\n') === seen.tags.join('\n')) return conversationView(desk, seen);
    const change = tagging(desk, who, seen, tags);
    const tagged = await desk.stores.conversations.setTags(id, seen.tags, tags, change);
    if (tagged) return conversationView(desk, await writeDown(desk, tagged, change));
  }
  throw new Refusal('conflict', 'The tags change too quickly: try again.');
}

function tidy(tag: string): string {
  const text = tag.trim().replace(/^#/, '').replace(/\s+/g, ' ').toLowerCase();
  if (text === '' || text.length > LONGEST)
    throw new Refusal('rule_broken', `A tag has 1 to ${LONGEST} characters.`, { field: 'add' });
  return text;
}

function tagging(
  desk: Desk,
  who: Principal,
  talk: Conversation,
  tags: readonly string[],
): Unwritten {
  const added = tags.filter((tag) => !talk.tags.includes(tag));
  const removed = talk.tags.filter((tag) => !tags.includes(tag));
  const parts = [
    ...(added.length > 0 ? [`tagged it ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`took away ${removed.join(', ')}`] : []),
  ];
  return changeOf(desk, talk, {
    kind: 'tagged',
    text: `${who.user.name} ${parts.join(' and ')}.`,
    by: actorOf(who),
    before: { tags: talk.tags },
    after: { tags },
  });
}

import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { recordSessionChange } from '../../domain/conversations/record-event.ts';
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
    const tagged = await desk.stores.conversations.setTags(id, seen.tags, tags);
    if (tagged) return conversationView(desk, await recorded(desk, who, seen, tagged));
  }
  throw new Refusal('conflict', 'The tags change too quickly: try again.');
}

function tidy(tag: string): string {
  const text = tag.trim().replace(/^#/, '').replace(/\s+/g, ' ').toLowerCase();
  if (text === '' || text.length > LONGEST)
    throw new Refusal('rule_broken', `A tag has 1 to ${LONGEST} characters.`, { field: 'add' });
  return text;
}

async function recorded(
  desk: Desk,
  who: Principal,
  before: Conversation,
  after: Conversation,
): Promise<Conversation> {
  const added = after.tags.filter((tag) => !before.tags.includes(tag));
  const removed = before.tags.filter((tag) => !after.tags.includes(tag));
  const parts = [
    ...(added.length > 0 ? [`tagged it ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`took away ${removed.join(', ')}`] : []),
  ];
  const { conversation } = await recordSessionChange(desk, after, {
    kind: 'tagged',
    text: `${who.user.name} ${parts.join(' and ')}.`,
    by: actorOf(who),
    before: { tags: before.tags },
    after: { tags: after.tags },
  });
  return conversation;
}

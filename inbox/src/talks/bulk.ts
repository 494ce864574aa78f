import type { ConversationView, UserView } from '../../../src/contract/wire.ts';
import { asApiError } from '../api/http.ts';
import { assignTalk, closeTalk, reopenTalk, tagTalk } from '../api/talks.ts';
import { clearSelection } from '../state/selection.ts';
import { takeConversation } from '../state/threads.ts';
import { tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';

const words = text.bulk;
/** So many calls at once: the other work of this page goes on meanwhile. */
const AT_ONCE = 4;

/** Does the same to each talk; those that refuse are named, the others are done. Answers with the done ones, as they were. */
async function each(
  talks: readonly ConversationView[],
  act: (talk: ConversationView) => Promise<ConversationView>,
): Promise<ConversationView[]> {
  const done: ConversationView[] = [];
  const refused: string[] = [];
  const queue = [...talks];
  const work = async () => {
    for (let talk = queue.shift(); talk; talk = queue.shift()) {
      try {
        takeConversation(await act(talk));
        done.push(talk);
      } catch (error) {
        refused.push(`${talk.contact.name}: ${asApiError(error).message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (refused.length > 0) tell('bad', words.refused(refused.length), refused.slice(0, 3).join(' '));
  return done;
}

function told(done: readonly ConversationView[], what: string, undo: (() => unknown) | null): void {
  clearSelection();
  if (done.length === 0) return;
  tell('good', what, '', undefined, undo && { label: words.undo, run: undo });
}

/** Closes them; undone by reopening. */
export async function closeAll(
  talks: readonly ConversationView[],
  outcome: string | null,
): Promise<void> {
  const open = talks.filter(({ state }) => state !== 'closed');
  const done = await each(open, ({ id }) => closeTalk(id, outcome));
  told(done, words.closed(done.length), () => each(done, ({ id }) => reopenTalk(id)));
}

/** Gives them to a person; undone for those that somebody had before. */
export async function assignAll(talks: readonly ConversationView[], to: UserView): Promise<void> {
  const others = talks.filter(({ ownerId, state }) => state !== 'closed' && ownerId !== to.id);
  const done = await each(others, ({ id }) => assignTalk(id, to.id));
  const back = done.filter(({ ownerId }) => ownerId !== null);
  // What waited before can not be put back where it stood in the queue.
  const undo =
    back.length > 0 && back.length === done.length
      ? () => each(back, ({ id, ownerId }) => assignTalk(id, ownerId ?? ''))
      : null;
  told(done, words.assigned(done.length, to.name), undo);
}

/** Tags them; undone for those that had not had the tag. */
export async function tagAll(talks: readonly ConversationView[], tag: string): Promise<void> {
  const name = tag.trim().replace(/^#/, '').toLowerCase();
  const fresh = talks.filter(({ tags = [] }) => !tags.includes(name));
  const done = await each(fresh, ({ id }) => tagTalk(id, { add: [tag] }));
  told(done, words.tagged(done.length, name), () =>
    each(done, ({ id }) => tagTalk(id, { remove: [tag] })),
  );
}

import type { ConversationDetail, MessageView } from '../../../src/contract/wire.ts';
import { reactToMessage } from '../api/talks.ts';
import { me } from '../state/session.ts';
import { takeMessage } from '../state/threads.ts';
import { attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';

const USUAL = ['👍', '❤️', '😂', '😮', '🙏', '✅'];

/** Emoji the reader may react with here; empty: none. */
export function reactionChoices(
  { capabilities, may }: ConversationDetail,
  message: MessageView,
): string[] {
  const { reactions, actions } = capabilities;
  if (!reactions || !actions.includes('react') || !may.reply || message.direction !== 'in')
    return [];
  return reactions === 'any'
    ? USUAL
    : USUAL.filter((emoji) => reactions.includes(emoji))
        .concat(reactions.filter((emoji) => !USUAL.includes(emoji)))
        .slice(0, 8);
}

/** Emoji that the business has on a message. */
const ownReactions = (message: MessageView): string[] =>
  message.reactions.filter(({ by }) => by.kind === 'user').map(({ emoji }) => emoji);

/** Puts a reaction on, or takes it back. */
export async function toggleReaction(message: MessageView, emoji: string): Promise<void> {
  const own = ownReactions(message);
  const next = own.includes(emoji) ? own.filter((one) => one !== emoji) : [emoji];
  const changed = await attempt(reactToMessage(message.id, next));
  if (changed) takeMessage(changed, '');
}

/** The reactions under a bubble. */
export function Reactions(props: { messages: readonly MessageView[]; detail: ConversationDetail }) {
  const all = props.messages.flatMap((message) =>
    message.reactions.map((reaction) => ({ ...reaction, message })),
  );
  if (all.length === 0) return null;
  return (
    <div class="reactions">
      {all.map(({ emoji, by, message }, index) => {
        const own = by.kind === 'user';
        const may = own && reactionChoices(props.detail, message).length > 0;
        return (
          <button
            key={`${emoji}${index}`}
            type="button"
            class={own ? 'own' : ''}
            disabled={!may}
            title={by.id === me.value?.id ? text.talks.reactions.remove : by.name}
            aria-label={`${emoji} ${by.name}`}
            onClick={() => void toggleReaction(message, emoji)}
          >
            {emoji}
          </button>
        );
      })}
    </div>
  );
}

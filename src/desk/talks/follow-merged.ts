import { recordIdOf } from '../../base/ids.ts';
import { recordSessionChange } from '../../domain/conversations/record-event.ts';
import type { Desk } from '../desk.ts';

/**
 * When a customer writes from the address of a merged talk, that talk opens again and is answered there; the one it was
 * merged into says so, with a way there. Answers what ends it.
 */
export function followMerged(desk: Desk): () => void {
  return desk.bus.on('session.opened', async ({ conversation, reopened, by }) => {
    if (!reopened || !conversation.merged || by.kind !== 'contact') return;
    const into = await desk.stores.conversations.get(conversation.merged.into);
    if (!into) return;
    const channel = await desk.directory.account(conversation.accountId);
    await recordSessionChange(
      desk,
      into,
      {
        kind: 'wrote-elsewhere',
        text: `${conversation.contactName} wrote again in the merged talk (${channel?.name ?? conversation.channelType}).`,
        by,
        about: conversation.id,
      },
      // Once for each session, also when a crash has it told again.
      recordIdOf(`elsewhere ${conversation.session.id}`),
    );
  });
}

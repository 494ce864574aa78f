import type { ConversationView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actableTalk } from './access.ts';
import { closeTalk } from './close-talk.ts';
import { tagTalk } from './tag-talk.ts';

/** Marks a talk as spam, and closes it if it is open. */
export async function spamTalk(desk: Desk, who: Principal, id: string): Promise<ConversationView> {
  const { session } = await actableTalk(desk, who, id, 'talk.close', 'mark this talk as spam');
  // The tag first: cut off between the two, the talk is still open and shows what it is.
  const tagged = await tagTalk(desk, who, id, { add: ['spam'] });
  return session.state === 'closed' ? tagged : closeTalk(desk, who, id, 'spam');
}

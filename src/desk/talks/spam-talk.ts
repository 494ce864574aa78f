import type { ConversationView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { closeTalk } from './close-talk.ts';
import { tagTalk } from './tag-talk.ts';

/** Marks a talk as spam and closes it. */
export async function spamTalk(desk: Desk, who: Principal, id: string): Promise<ConversationView> {
  await closeTalk(desk, who, id, 'spam');
  return tagTalk(desk, who, id, { add: ['spam'] });
}

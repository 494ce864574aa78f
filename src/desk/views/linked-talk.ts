import type { LinkedTalkView } from '../../contract/wire.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Desk } from '../desk.ts';

/** Other talks of the same person, as the one they are linked to names them. */
export function linkedTalkViews(
  { directory }: Pick<Desk, 'directory'>,
  talks: readonly Conversation[],
): Promise<LinkedTalkView[]> {
  return Promise.all(
    talks.map(async ({ id, accountId, channelType, chat, session, seq, merged, ...talk }) => ({
      id,
      channelName: (await directory.account(accountId))?.name ?? channelType,
      lineName: (await directory.line(talk.lineId))?.name ?? '',
      chat,
      state: session.state,
      seq,
      createdAt: talk.createdAt.toISOString(),
      lastAt: talk.lastMessage?.at.toISOString() ?? null,
      mergedBy: merged ? merged.by.name : null,
      mergedAt: merged ? merged.at.toISOString() : null,
    })),
  );
}

import type { ConversationView, TargetView } from '../../contract/wire.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Target } from '../../domain/conversations/targets.ts';
import type { Desk } from '../desk.ts';

/** Conversations as lists show them. Names come from the directory: no query per row. */
export function conversationViews(
  desk: Pick<Desk, 'directory'>,
  conversations: readonly Conversation[],
): Promise<ConversationView[]> {
  return Promise.all(conversations.map((conversation) => conversationView(desk, conversation)));
}

/** One of them. */
export async function conversationView(
  { directory }: Pick<Desk, 'directory'>,
  conversation: Conversation,
): Promise<ConversationView> {
  const { session } = conversation;
  const named = async (id: string) => ({
    id,
    name: (await directory.user(id))?.name ?? 'Somebody',
  });
  const [account, line, owner, offeredTo, guests] = await Promise.all([
    directory.account(conversation.accountId),
    directory.line(conversation.lineId),
    session.ownerId ? directory.user(session.ownerId) : null,
    session.offer?.operatorId ? directory.user(session.offer.operatorId) : null,
    Promise.all(session.guests.map(named)),
  ]);
  return {
    id: conversation.id,
    channelId: conversation.accountId,
    channelType: conversation.channelType,
    channelName: account?.name ?? 'Removed channel',
    lineId: conversation.lineId,
    lineName: line?.name ?? 'Removed line',
    state: session.state,
    sessionId: session.id,
    seq: conversation.seq,
    rev: conversation.rev,
    contact: { id: conversation.contactId, name: conversation.contactName },
    leadId: conversation.leadId,
    ownerId: session.ownerId,
    ownerName: owner?.name ?? null,
    lastMessage: conversation.lastMessage && {
      text: conversation.lastMessage.text,
      at: conversation.lastMessage.at.toISOString(),
      direction: conversation.lastMessage.direction,
      ...(conversation.lastMessage.author && { author: conversation.lastMessage.author }),
    },
    unread: conversation.unread,
    waitingSince: session.waitingSince?.toISOString() ?? null,
    why: session.why,
    blocked: conversation.blocked,
    openedAt: session.openedAt.toISOString(),
    closedAt: session.closedAt?.toISOString() ?? null,
    outcome: session.outcome,
    offer: session.offer && {
      operatorId: session.offer.operatorId,
      operatorName: offeredTo?.name ?? null,
      until: session.offer.until.toISOString(),
    },
    forRole: session.state === 'waiting' ? (session.role ?? null) : null,
    snoozedUntil: session.snoozedUntil?.toISOString() ?? null,
    awaitsAnswer: session.state !== 'closed' && session.awaitsAnswer,
    guests,
    tags: conversation.tags,
    pinnedBy: conversation.pinnedBy,
    mergedInto: conversation.merged?.into ?? null,
    targets: (session.targets?.items ?? []).map(targetView),
    rating: session.rating ? { ...session.rating, at: session.rating.at.toISOString() } : null,
    consent: session.consent ? { ...session.consent, at: session.consent.at.toISOString() } : null,
    inFlow: session.place === 'held',
  };
}

function targetView({ kind, startedAt, dueAt, metAt, told }: Target): TargetView {
  const open = { nothing: 'running', warned: 'near', alerted: 'missed' } as const;
  const closed = metAt && metAt <= dueAt ? 'met' : 'missed';
  return {
    kind,
    startedAt: startedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    state: metAt ? closed : open[told],
    metAt: metAt?.toISOString() ?? null,
  };
}

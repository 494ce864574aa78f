import { newRecordId } from '../../base/ids.ts';
import type {
  Conversation,
  OpenRequest,
  Session,
} from '../../domain/conversations/conversation.ts';
import { ref, refOrNull, refs, shape } from './documents.ts';
import type { Doc } from './documents.ts';
import { searchKeys } from './search-keys.ts';

const base = shape<Conversation>({ inner: ['searchKeys'] });

/** A stored conversation as a plain one. */
export function readConversation(doc: Doc): Conversation {
  const conversation = base.read(doc);
  complete(conversation.session);
  for (const { decisions } of conversation.unwritten ?? [])
    for (const decision of decisions) decision.excluded = [];
  return conversation;
}

/** The fields that are not stored while there is nothing in them. */
function complete(session: Session): void {
  session.firstAnswerAt ??= null;
  session.answeredAt ??= null;
  session.timer ??= null;
  if (session.offer) session.offer.operatorId ??= null;
}

/** Fields of the session as paths inside the conversation. */
export function inSession(fields: Doc): Doc {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [`session.${name}`, value]),
  );
}

/** The session that opens at `at`, waiting for a person; `number` apart, because a reopening counts on. */
export function newSession(at: Date, id: string = newRecordId()): Doc {
  return {
    id: ref(id),
    state: 'waiting',
    openedAt: at,
    waitingSince: at,
    ownerId: null,
    ownedAt: null,
    tried: [],
    rounds: 0,
    place: 'ready',
    offer: null,
    snoozedUntil: null,
    awaitsAnswer: true,
    guests: [],
    watchers: [],
    alerted: [],
    why: null,
    closedAt: null,
    closedBy: null,
    outcome: null,
  };
}

/** What a conversation begins with; address and account come from the filter of the upsert. */
export function newConversation(request: OpenRequest): Doc {
  return {
    channelType: request.channelType,
    lineId: ref(request.lineId),
    contactId: ref(request.contactId),
    contactName: request.contactName,
    leadId: null,
    seq: 0,
    rev: 1,
    session: { ...newSession(request.at), number: 1 },
    lastMessage: null,
    unread: 0,
    lastCustomerAt: null,
    blocked: false,
    lastOwnerId: null,
    tags: [],
    pinnedBy: [],
    origin: request.origin,
    createdAt: request.at,
    activeAt: request.at,
    searchKeys: searchKeys({ names: [request.contactName] }),
  };
}

/** A session as it lies in the archive. */
export function archivedSession(conversation: Conversation): Doc {
  const {
    id: _,
    firstAnswerAt,
    answeredAt,
    timer: _t,
    flow: _f,
    scores: _s,
    ...session
  } = conversation.session;
  return {
    ...session,
    ...(firstAnswerAt ? { firstAnswerAt } : {}),
    ...(answeredAt ? { answeredAt } : {}),
    ownerId: refOrNull(session.ownerId),
    tried: refs(session.tried),
    guests: refs(session.guests),
    watchers: refs(session.watchers),
    conversationId: ref(conversation.id),
    lineId: ref(conversation.lineId),
    accountId: ref(conversation.accountId),
  };
}

const sessions = shape<Session>({
  inner: ['conversationId', 'lineId', 'accountId'],
  absent: { firstAnswerAt: null },
});

/** A session out of the archive. */
export function readSession(doc: Doc): Session {
  const session = sessions.read(doc);
  complete(session);
  return session;
}

import { messageOf } from '../../base/errors.ts';
import type { Desk } from '../../desk/desk.ts';
import { canSee } from '../../desk/talks/access.ts';
import { draftView } from '../../desk/talks/drafts.ts';
import { channelView } from '../../desk/views/channel.ts';
import { conversationViews } from '../../desk/views/conversation.ts';
import { messageViews } from '../../desk/views/message.ts';
import { userViews } from '../../desk/views/user.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Message } from '../../domain/conversations/message.ts';
import { gather } from './gather.ts';
import {
  audienceRooms,
  CHANNELS,
  listeningRooms,
  messageRooms,
  OVERSEERS,
  PEOPLE,
  RECORDS,
  typingRooms,
  userRoom,
  watchRoom,
} from './rooms.ts';
import type { StaffNamespace, StaffSocket } from './staff.ts';

/** How long summaries of one talk, and people's loads, are gathered. Messages go at once. */
const SUMMARY_MS = 30;
const PRESENCE_MS = 200;
const RECORDS_MS = 500;

interface Sent {
  name: 'message' | 'messageChanged';
  message: Message;
  conversation: Conversation;
}

/** Sends what happens to the rooms that may know it. Each view is made once, however many read it. */
export function pushEvents(
  desk: Desk,
  staff: StaffNamespace,
): { stop(): void; idle(): Promise<void> } {
  const failed = (error: unknown): void =>
    desk.log.error({ error: messageOf(error) }, 'an event could not be pushed');
  const anybodyIn = (rooms: readonly string[]): boolean =>
    rooms.some((room) => (staff.adapter.rooms.get(room)?.size ?? 0) > 0);
  const at = (): string => desk.clock.now().toISOString();

  const messages = gather<Sent>(
    0,
    async (sent) => {
      const views = await messageViews(
        desk,
        sent.map(({ message }) => message),
      );
      for (const [place, { name, conversation }] of sent.entries()) {
        const message = views[place];
        if (!message) continue;
        const { conversationId, seq } = message;
        staff
          .to(messageRooms(conversationId, conversation.session.ownerId))
          .emit(name, { conversationId, seq, message, at: at() });
      }
    },
    failed,
  );

  const summaries = gather<Conversation>(
    SUMMARY_MS,
    async (conversations) => {
      const views = await conversationViews(desk, conversations);
      for (const [place, conversation] of conversations.entries()) {
        const view = views[place];
        if (!view) continue;
        const rooms = [...listeningRooms(conversation), watchRoom(conversation.id)];
        staff.to(rooms).emit('conversation', { conversation: view, seq: view.seq, at: at() });
      }
    },
    failed,
    { key: ({ id }) => id, keep: (kept, added) => (added.rev < kept.rev ? kept : added) },
  );

  const people = gather<string>(
    PRESENCE_MS,
    async (ids) => {
      const views = await userViews(desk, await desk.stores.users.many(ids));
      for (const { id, presence, load, away } of views)
        staff
          .to([PEOPLE, userRoom(id)])
          .emit('presence', { userId: id, state: presence, load, away: away ?? null });
    },
    failed,
    { key: (id) => id, keep: (kept) => kept },
  );

  const records = gather<{ kind: keyof typeof RECORDS; id: string }>(
    RECORDS_MS,
    async (changes) => {
      for (const [kind, room] of Object.entries(RECORDS)) {
        const ofKind = changes.filter((change) => change.kind === kind);
        if (ofKind.length > 0) staff.to(room).emit('crm', { changes: ofKind });
      }
    },
    failed,
    { key: ({ kind, id }) => `${kind} ${id}`, keep: (kept) => kept },
  );
  const changed = (kind: keyof typeof RECORDS, id: string | null): void => {
    if (id !== null && anybodyIn([RECORDS[kind]])) records.add({ kind, id });
  };

  const say = (name: Sent['name'], message: Message, conversation: Conversation): void => {
    if (anybodyIn(messageRooms(message.conversationId, conversation.session.ownerId)))
      messages.add({ name, message, conversation });
  };
  const summarise = (conversation: Conversation): void => {
    if (anybodyIn([...listeningRooms(conversation), watchRoom(conversation.id)]))
      summaries.add(conversation);
  };
  const load = (userId: string | null): void => {
    if (userId !== null && anybodyIn([PEOPLE, userRoom(userId)])) people.add(userId);
  };
  /** Who saw the talk only as its owner sees it no more. */
  const takeFrom = (userId: string | null, conversation: Conversation): void => {
    if (userId === null || userId === conversation.session.ownerId) return;
    for (const id of staff.adapter.rooms.get(userRoom(userId)) ?? []) {
      const socket: StaffSocket | undefined = staff.sockets.get(id);
      if (!socket || canSee(socket.data.who, conversation)) continue;
      void socket.leave(watchRoom(conversation.id));
      socket.emit('conversationGone', { conversationId: conversation.id, seq: conversation.seq });
    }
  };

  const { bus } = desk;
  const stops = [
    bus.on('message.appended', ({ message, conversation }) => {
      say('message', message, conversation);
      summarise(conversation);
    }),
    bus.on('message.changed', ({ message, conversation }) =>
      say('messageChanged', message, conversation),
    ),
    bus.on('conversation.created', ({ conversation }) => summarise(conversation)),
    bus.on('conversation.changed', ({ conversation }) => summarise(conversation)),
    bus.on('session.opened', ({ conversation }) => {
      summarise(conversation);
      load(conversation.session.ownerId);
    }),
    bus.on('session.assigned', ({ conversation, before }) => {
      takeFrom(before, conversation);
      summarise(conversation);
      load(before);
      load(conversation.session.ownerId);
    }),
    bus.on('session.closed', ({ conversation, before }) => {
      takeFrom(before, conversation);
      summarise(conversation);
      load(before);
    }),
    bus.on('typing', ({ conversationId, seq, who, on, note, silent, ...talk }) => {
      const rooms = silent ? OVERSEERS : typingRooms({ conversationId, ...talk });
      const typing = staff.to(rooms);
      const others = who.kind === 'user' && who.id ? typing.except(userRoom(who.id)) : typing;
      others.emit('typing', { conversationId, seq, who, on, ...(note && { note }) });
    }),
    bus.on('draft.changed', ({ draft }) => {
      staff.to(userRoom(draft.userId)).emit('draft', draftView(draft));
    }),
    bus.on('presence.changed', ({ userId }) => load(userId)),
    bus.on('user.changed', ({ userId }) => load(userId)),
    bus.on('conversation.created', ({ conversation }) =>
      changed('contact', conversation.contactId),
    ),
    bus.on('contact.changed', ({ contactId }) => changed('contact', contactId)),
    bus.on('lead.created', ({ leadId }) => changed('lead', leadId)),
    bus.on('lead.changed', ({ leadId }) => changed('lead', leadId)),
    bus.on('deal.created', ({ dealId }) => changed('deal', dealId)),
    bus.on('deal.changed', ({ dealId }) => changed('deal', dealId)),
    bus.on('account.changed', ({ account }) => {
      if (anybodyIn([CHANNELS]))
        staff.to(CHANNELS).emit('channel', { channel: channelView(desk, account) });
    }),
    bus.on('alert', ({ audience, tone, title, text, conversationId }) => {
      const notice = { tone, title, text, ...(conversationId && { conversationId }) };
      staff.to(audienceRooms(audience)).emit('notice', notice);
    }),
  ];
  return {
    stop() {
      for (const stop of stops) stop();
    },
    async idle() {
      await Promise.all([messages.idle(), summaries.idle(), people.idle(), records.idle()]);
    },
  };
}

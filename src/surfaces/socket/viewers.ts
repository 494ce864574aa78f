import { z } from 'zod';
import { messageOf } from '../../base/errors.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { ViewerView } from '../../contract/wire.ts';
import type { Desk } from '../../desk/desk.ts';
import { gather } from './gather.ts';
import { listeningRooms, OVERSEERS, watchedIn, watchRoom } from './rooms.ts';
import type { StaffNamespace, StaffSocket } from './staff.ts';

const lookingRequest = z.object({ shown: z.boolean() });

/** Whoever leafs through a list is not announced at every talk. */
const VIEWERS_MS = 250;

/** Who was last said to have a talk before them, and to which rooms. */
interface Told {
  rooms: string[];
  /** For colleagues: without those who joined silently. */
  open: ViewerView[];
  /** For those who look after others. */
  all: ViewerView[];
}

/**
 * Tells who has which talk before them. That is what the rooms of the sockets say, also those of other processes where
 * the adapter knows them; nothing is stored, and whoever is cut off is gone. A page that is not on the screen does not
 * count. Who joined silently is shown to those who
 * look after others alone, never to who has the talk.
 */
export function followViewers(
  desk: Desk,
  staff: StaffNamespace,
): {
  /** Tells a socket what it sees, and follows whether its page is on the screen. */
  greet(socket: StaffSocket): void;
  stop(): void;
  idle(): Promise<void>;
} {
  const told = new Map<string, Told>();

  const tell = (id: string, { rooms, open, all }: Told): void => {
    staff
      .to(rooms)
      .except(OVERSEERS)
      .emit('viewers', { talks: [{ conversationId: id, viewers: open }] });
    staff.to(OVERSEERS).emit('viewers', { talks: [{ conversationId: id, viewers: all }] });
  };

  const look = async (talk: Conversation): Promise<void> => {
    const people = new Map<string, ViewerView>();
    for (const { data } of await staff.in(watchRoom(talk.id)).fetchSockets()) {
      if (data.shown === false) continue;
      const { id, name } = data.who.user;
      const silent = talk.session.watchers.includes(id);
      people.set(id, { id, name, ...(silent && { silent }) });
    }
    const all = [...people.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const before = told.get(talk.id);
    const now: Told = {
      rooms: [...listeningRooms(talk), watchRoom(talk.id)],
      open: all.filter(({ silent }) => !silent),
      all,
    };
    if (all.length > 0) told.set(talk.id, now);
    else told.delete(talk.id);
    if (JSON.stringify(before?.all ?? []) !== JSON.stringify(all)) tell(talk.id, now);
  };

  const looks = gather<string>(
    VIEWERS_MS,
    async (ids) => {
      for (const talk of await desk.stores.conversations.many(ids)) await look(talk);
    },
    (error) => desk.log.error({ error: messageOf(error) }, 'viewers could not be told'),
    { key: (id) => id, keep: (kept) => kept },
  );

  const moved = (room: string): void => {
    const id = watchedIn(room);
    if (id !== null) looks.add(id);
  };
  staff.adapter.on('join-room', moved);
  staff.adapter.on('leave-room', moved);
  // Who joined silently, or no longer, is seen otherwise by others from now on.
  const joined = ({ conversation }: { conversation: Conversation }): void => {
    if (told.has(conversation.id)) looks.add(conversation.id);
  };
  const stops = [
    desk.bus.on('conversation.changed', joined),
    desk.bus.on('session.opened', joined),
  ];

  return {
    greet(socket) {
      socket.on('looking', (given) => {
        const request = lookingRequest.safeParse(given);
        if (!request.success || (socket.data.shown ?? true) === request.data.shown) return;
        socket.data.shown = request.data.shown;
        for (const room of socket.rooms) moved(room);
      });
      const sees = socket.rooms.has(OVERSEERS);
      const talks = [...told].flatMap(([conversationId, { rooms, open, all }]) => {
        if (!sees && !rooms.some((room) => socket.rooms.has(room))) return [];
        return [{ conversationId, viewers: sees ? all : open }];
      });
      socket.emit('viewers', { talks, all: true });
    },
    stop() {
      staff.adapter.off('join-room', moved);
      staff.adapter.off('leave-room', moved);
      for (const stop of stops) stop();
    },
    idle: looks.idle,
  };
}

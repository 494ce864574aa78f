import type { Server as HttpServer } from 'node:http';
import type { Namespace, Socket } from 'socket.io';
import { Server } from 'socket.io';
import { messageOf } from '../../base/errors.ts';
import type { StaffCalls, StaffEvents } from '../../contract/wire.ts';
import type { Desk } from '../../desk/desk.ts';
import { canSee } from '../../desk/talks/access.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { answerCalls } from './calls.ts';
import { followDevice } from './device.ts';
import { pushEvents } from './push.ts';
import type { Proof } from './reader.ts';
import { proofOf, readerOf } from './reader.ts';
import { isOfRights, roomsOf, watchedIn, watchRoom } from './rooms.ts';
import { followViewers } from './viewers.ts';

type Nothing = Record<string, never>;
/** What a socket knows of its reader. */
interface Reader {
  who: Principal;
  proof: Proof;
  /** False: the page said that it is not on the screen. */
  shown?: boolean;
}
export type StaffSocket = Socket<StaffCalls, StaffEvents, Nothing, Reader>;
export type StaffNamespace = Namespace<StaffCalls, StaffEvents, Nothing, Reader>;

/** The live surface of operators, until it is closed. */
export interface StaffSurface {
  /** Resolves when everything that happened so far was sent. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const MAX_CALL_BYTES = 100_000;
/** Another surface may answer an upgrade on the same server; it gets this long before it counts as nobody's. */
const FOREIGN_UPGRADE_MS = 10_000;

/**
 * Opens the socket.io namespace `/staff` on a server. Readers prove themselves with the session cookie or a token in
 * `auth.token`, and hear what REST would let them read, no more.
 */
export function openStaffSurface(server: HttpServer, desk: Desk): StaffSurface {
  const io = new Server<StaffCalls, StaffEvents, Nothing, Reader>(server, {
    serveClient: false,
    maxHttpBufferSize: MAX_CALL_BYTES,
    destroyUpgradeTimeout: FOREIGN_UPGRADE_MS,
  });
  const staff: StaffNamespace = io.of('/staff');

  staff.use((socket, next) => {
    admit(desk, socket)
      .then((admitted) => next(admitted ? undefined : new Error('unauthenticated')))
      .catch((error: unknown) => {
        desk.log.error({ error: messageOf(error) }, 'a socket could not be let in');
        next(new Error('unavailable'));
      });
  });
  staff.on('connection', (socket) => {
    void socket.join(roomsOf(socket.data.who));
    answerCalls(desk, socket);
    viewers.greet(socket);
    followDevice(desk, socket);
  });

  const viewers = followViewers(desk, staff);
  const pushing = pushEvents(desk, staff);
  const refreshing = keepRights(desk, staff);
  return {
    async idle() {
      await Promise.all([pushing.idle(), viewers.idle()]);
    },
    async close() {
      pushing.stop();
      viewers.stop();
      refreshing.stop();
      staff.disconnectSockets(true);
      // The HTTP server is its owner's to close; only the engine's connections are ours.
      io.engine.close();
      await Promise.all([pushing.idle(), viewers.idle()]);
    },
  };
}

const admit = async (desk: Desk, socket: StaffSocket): Promise<boolean> => {
  const proof = proofOf(socket.handshake, desk.publicUrl);
  const who = proof && (await readerOf(desk, proof));
  if (!proof || !who) return false;
  socket.data = { proof, who };
  return true;
};

/** Follows changes of people and lines: rights taken away end what they opened, at once. */
const keepRights = (desk: Desk, staff: StaffNamespace): { stop(): void } => {
  const refresh = async (socket: StaffSocket): Promise<void> => {
    try {
      const who = await readerOf(desk, socket.data.proof);
      if (!who) {
        socket.disconnect(true);
        return;
      }
      socket.data.who = who;
      const rooms = new Set(roomsOf(who));
      for (const room of socket.rooms)
        if (isOfRights(room) && !rooms.has(room)) void socket.leave(room);
      await socket.join([...rooms]);
      await leaveUnseen(desk, socket);
    } catch (error) {
      // Rights that can not be read are no rights.
      desk.log.error(
        { error: messageOf(error) },
        'a socket was ended: its rights could not be read',
      );
      socket.disconnect(true);
    }
  };
  const refreshWhere = async (chosen: (who: Principal) => boolean): Promise<void> => {
    const sockets = [...staff.sockets.values()].filter((socket) => chosen(socket.data.who));
    await Promise.all(sockets.map(refresh));
  };
  const stops = [
    desk.bus.on('user.changed', ({ userId }) => refreshWhere((who) => who.user.id === userId)),
    desk.bus.on('line.changed', () => refreshWhere((who) => who.grants['talk.read'] !== 'all')),
  ];
  return {
    stop() {
      for (const stop of stops) stop();
    },
  };
};

const leaveUnseen = async (desk: Desk, socket: StaffSocket): Promise<void> => {
  const watched = [...socket.rooms].flatMap((room) => watchedIn(room) ?? []);
  if (watched.length === 0) return;
  const talks = await desk.stores.conversations.many(watched);
  for (const talk of talks) {
    if (canSee(socket.data.who, talk)) continue;
    void socket.leave(watchRoom(talk.id));
    socket.emit('conversationGone', { conversationId: talk.id, seq: talk.seq });
  }
};

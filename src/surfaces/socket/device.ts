import { z } from 'zod';
import { messageOf } from '../../base/errors.ts';
import type { Desk } from '../../desk/desk.ts';
import type { DeviceLink } from '../../engine/presence/presence.ts';
import { deviceOf, signInOf } from './reader.ts';
import type { StaffSocket } from './staff.ts';

const lookingRequest = z.object({ on: z.boolean() });
const talkRequest = z.object({ conversationId: z.string().max(64) });

/** Tells presence of the device behind a socket, if it says that it is one: that it is there, touched, looked at. */
export function followDevice(desk: Desk, socket: StaffSocket): void {
  const hello = deviceOf(socket.handshake);
  if (!hello) return;
  const failed = (error: unknown): void =>
    desk.log.error({ error: messageOf(error) }, 'a device could not be followed');
  const { proof, who } = socket.data;
  const arrive = async (): Promise<DeviceLink> => {
    const signInId = await signInOf(desk, proof);
    return desk.presence.arrive({ userId: who.user.id, signInId, ...hello });
  };
  const arrived = arrive();
  arrived.catch(failed);
  // What is said before the device is known is said after: in the order it came.
  const then = (act: (link: DeviceLink) => unknown): void => {
    arrived.then(act).catch(failed);
  };
  const watch = (given: unknown, on: boolean): void => {
    const request = talkRequest.safeParse(given);
    if (request.success) then((link) => link.watch(request.data.conversationId, on));
  };

  socket.on('active', () => then((link) => link.active()));
  socket.on('looking', (given) => {
    const request = lookingRequest.safeParse(given);
    if (request.success) then((link) => link.looking(request.data.on));
  });
  socket.on('watch', (given) => watch(given, true));
  socket.on('unwatch', (given) => watch(given, false));
  socket.on('disconnect', () => then((link) => link.leave()));
}

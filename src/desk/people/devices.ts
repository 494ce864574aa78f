import { createECDH } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../../base/errors.ts';
import type { DeviceView } from '../../contract/wire.ts';
import type { Device } from '../../domain/operators/device.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';

const KEY = 'Give the key of the device: 16 to 64 letters, digits, - or _.';

/** What a device says of itself. */
export const deviceHello = z.strictObject({
  key: z.string(KEY).regex(/^[\w-]{16,64}$/, KEY),
  kind: z.enum(['browser', 'phone'], 'Give browser or phone.'),
  name: z.string('Give the device a name.').trim().min(1, 'Give the device a name.').max(80),
});

const PUSH = 'Give the subscription as the browser gave it: endpoint, keys.p256dh, keys.auth.';
const bytes = (text: string): number => Buffer.from(text, 'base64url').length;
const isPoint = (text: string): boolean => {
  try {
    const pair = createECDH('prime256v1');
    pair.generateKeys();
    return pair.computeSecret(Buffer.from(text, 'base64url')).length === 32;
  } catch {
    return false;
  }
};

/** The device that speaks, and its push subscription (`PushSubscription.toJSON()`); null: none any more. */
export const deviceGiven = z.strictObject({
  ...deviceHello.shape,
  push: z
    .object(
      {
        endpoint: z.url({ protocol: /^https?$/, error: PUSH }).max(2000, PUSH),
        keys: z.object(
          {
            p256dh: z.string(PUSH).max(200, PUSH).refine(isPoint, PUSH),
            auth: z.string(PUSH).refine((text) => bytes(text) === 16, PUSH),
          },
          PUSH,
        ),
      },
      PUSH,
    )
    .nullable()
    .optional(),
});

/** One's own devices, the last used first. */
export async function listDevices(desk: Desk, who: Principal): Promise<DeviceView[]> {
  return (await desk.stores.devices.ofUser(who.user.id)).map(deviceView);
}

/** Makes the device that speaks known, and says where notices reach it. `signInId`: of the browser that calls. */
export async function keepDevice(
  desk: Desk,
  who: Principal,
  { push, ...hello }: z.output<typeof deviceGiven>,
  signInId: string | null,
): Promise<DeviceView> {
  const { devices } = desk.stores;
  const userId = who.user.id;
  let device = await devices.introduce({ userId, signInId, ...hello }, desk.clock.now());
  if (push !== undefined) {
    if (push) await devices.dropPush(push.endpoint);
    const address = push && { endpoint: push.endpoint, ...push.keys };
    await devices.setPush(device.id, address);
    device = { ...device, push: address };
    await desk.presence.look(userId);
  }
  return deviceView(device);
}

/** Ends the notices of devices whose sign-in has ended; all of the person's, if none is named. */
export async function silenceDevices(desk: Desk, userId: string, signInId?: string): Promise<void> {
  for (const device of await desk.stores.devices.ofUser(userId))
    if (device.push && (signInId === undefined || device.signInId === signInId))
      await desk.stores.devices.setPush(device.id, null);
  await desk.presence.look(userId);
}

/** Forgets a device: it gets no notices any more, and whoever is signed in there is signed out. */
export async function forgetDevice(desk: Desk, who: Principal, id: string): Promise<void> {
  const userId = who.user.id;
  const device = await desk.stores.devices.remove(id, userId);
  if (!device) throw new Refusal('not_found', 'There is no such device.');
  if (device.signInId) {
    await desk.stores.signIns.remove(device.signInId);
    // Its sockets hear it and end.
    desk.bus.publish({ type: 'user.changed', userId });
  }
  await desk.presence.look(userId);
}

/** Sends a notice to one's own device, to see that it arrives. Refused with what the push service said. */
export async function testDevice(desk: Desk, who: Principal, id: string): Promise<void> {
  const device = (await desk.stores.devices.ofUser(who.user.id)).find((one) => one.id === id);
  if (!device) throw new Refusal('not_found', 'There is no such device.');
  if (!device.push)
    throw new Refusal('rule_broken', 'This device takes no notices. Turn them on there first.');
  const result = await desk.push.send(device, {
    title: 'Notices work',
    body: 'Openline tells you here of what concerns you.',
    ...{ url: '/settings/profile', tag: 'test', ttl: 60 },
  });
  if (result.status === 'sent') return;
  throw new Refusal(
    'rule_broken',
    result.status === 'gone'
      ? 'The browser’s push service knows this device no more. Turn notices off and on there.'
      : `The notice was not taken: ${result.detail}`,
  );
}

const deviceView = ({ createdAt, seenAt, activeAt, push, ...device }: Device): DeviceView => ({
  id: device.id,
  key: device.key,
  kind: device.kind,
  name: device.name,
  createdAt: createdAt.toISOString(),
  seenAt: seenAt.toISOString(),
  activeAt: activeAt.toISOString(),
  live: device.live,
  push: push !== null,
});

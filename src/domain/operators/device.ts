import type { DeviceKind } from '../../contract/wire.ts';

/** Where a browser's push service takes messages for it (Push API). */
export interface PushAddress {
  endpoint: string;
  /** The browser's public key and its secret, base64url. */
  p256dh: string;
  auth: string;
}

/** A browser or phone with the inbox: all its tabs together. */
export interface Device {
  id: string;
  userId: string;
  /** Made by the device, kept by it. */
  key: string;
  kind: DeviceKind;
  /** For people: `Firefox on Linux`. */
  name: string;
  /** The sign-in it came with; null: it came with a token. */
  signInId: string | null;
  createdAt: Date;
  /** Last sign of life. */
  seenAt: Date;
  /** Last touch by its person. */
  activeAt: Date;
  /** Whether it is connected, as far as is known: a process that dies can not say that its devices went. */
  live: boolean;
  /** Whether it ever was: one that only called to say where notices reach it stands for nobody's being there. */
  met: boolean;
  push: PushAddress | null;
}

export interface DeviceStore {
  /** A device that connects, which is no touch; made when it is new, in place of the oldest when there are too many. */
  arrive(
    device: Pick<Device, 'userId' | 'key' | 'kind' | 'name' | 'signInId'>,
    at: Date,
  ): Promise<Device>;
  /** Makes a device known that has called and is not connected. One that is known stays as it is. */
  introduce(
    device: Pick<Device, 'userId' | 'key' | 'kind' | 'name' | 'signInId'>,
    at: Date,
  ): Promise<Device>;
  /** These are connected still. */
  beat(ids: readonly string[], at: Date): Promise<void>;
  active(id: string, at: Date): Promise<void>;
  leave(id: string, at: Date): Promise<void>;
  /**
   * Connected ones without a sign of life since `before`: their process died. They count as seen `graceMs` after the
   * last sign. Answers whose they are.
   */
  expire(before: Date, graceMs: number): Promise<string[]>;
  /** Newest sign of life first. */
  ofUser(userId: string): Promise<Device[]>;
  ofUsers(userIds: readonly string[]): Promise<Device[]>;
  /** Devices of these people that can be reached by push. */
  pushable(userIds: readonly string[]): Promise<Device[]>;
  setPush(id: string, push: PushAddress | null): Promise<void>;
  /** Removes an address that its push service knows no more. Answers whose it was. */
  dropPush(endpoint: string): Promise<string | null>;
  remove(id: string, userId: string): Promise<Device | null>;
}

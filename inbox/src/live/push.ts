import { signal } from '@preact/signals';
import { keepDevice, readPush } from '../api/people.ts';
import { navigate } from '../app/navigate.ts';
import { keep, kept } from '../state/keep.ts';
import { me } from '../state/session.ts';
import { thisDevice } from './device.ts';

/** Whether push messages can come to this browser, from this page. */
export const pushPossible =
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
/** Whether they come to this device. */
export const pushOn = signal(false);

/** Whose wish it was: somebody else who signs in here has not said that they want notices. */
const WISH = 'push';
const isId = (value: unknown): value is string => typeof value === 'string';

/** What became of the wish to have notices. */
export type PushTurn = 'on' | 'off' | 'denied' | 'failed';

const registration = (): Promise<ServiceWorkerRegistration> => navigator.serviceWorker.ready;

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
    char.charCodeAt(0),
  );

/** Whether a subscription is for this installation's key: another one before may have stood at this address. */
function isFor({ options }: PushSubscription, key: Uint8Array): boolean {
  const theirs = options.applicationServerKey && new Uint8Array(options.applicationServerKey);
  return theirs?.length === key.length && theirs.every((byte, at) => byte === key[at]);
}

async function subscribe(): Promise<PushSubscription> {
  const { pushManager } = await registration();
  const key = bytesOf((await readPush()).publicKey);
  const known = await pushManager.getSubscription();
  if (known && isFor(known, key)) return known;
  await known?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** Turns notices of this device on; asks the browser for leave. */
export async function turnPushOn(): Promise<PushTurn> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  try {
    const subscription = await subscribe();
    await keepDevice({ ...thisDevice(), push: subscription.toJSON() });
    keep(WISH, me.peek()?.id);
    pushOn.value = true;
    return 'on';
  } catch {
    return 'failed';
  }
}

/** Turns them off. */
export async function turnPushOff(): Promise<PushTurn> {
  const subscription = await (await registration()).pushManager.getSubscription();
  await keepDevice({ ...thisDevice(), push: null });
  await subscription?.unsubscribe();
  keep(WISH, null);
  pushOn.value = false;
  return 'off';
}

/** Tells the server anew where notices of this device go: the browser may have moved them, or a sign-out ended them. */
async function renew(): Promise<void> {
  pushOn.value = false;
  if (Notification.permission !== 'granted' || kept(WISH, isId) !== me.peek()?.id) return;
  const current = await subscribe();
  const { push } = await keepDevice({ ...thisDevice(), push: current.toJSON() });
  pushOn.value = push;
}

/** Keeps this device's notices, and goes where a click on one leads. Returns how to stop. */
export function followPush(): () => void {
  if (!pushPossible) return () => {};
  const clicked = ({ data }: MessageEvent<{ open?: unknown }>) => {
    if (typeof data?.open === 'string') navigate(data.open);
  };
  navigator.serviceWorker.addEventListener('message', clicked);
  // Without the server or the push service notices stay as they were; the next visit tries again.
  renew().catch(() => {});
  return () => navigator.serviceWorker.removeEventListener('message', clicked);
}

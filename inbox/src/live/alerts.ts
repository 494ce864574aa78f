import { effect, signal } from '@preact/signals';
import type { ConversationView, MessageView } from '../../../src/contract/wire.ts';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { keep, kept } from '../state/keep.ts';
import { EVERYBODY } from '../state/scope.ts';
import { me } from '../state/session.ts';
import { talkList, talkSignal } from '../state/talks.ts';
import { text } from '../text/index.ts';
import { pushOn } from './push.ts';

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const possible = 'Notification' in window;

/** Whether this browser shows a notice when a customer writes and the page is not looked at. */
export const alerts = signal(
  possible && Notification.permission === 'granted' && (kept('alerts', isFlag) ?? false),
);
/** Whether this browser can show notices at all. */
export const alertsPossible = possible;

/** Turns notices on or off; asks the browser for leave. */
export async function setAlerts(on: boolean): Promise<void> {
  if (on && possible && Notification.permission !== 'granted')
    await Notification.requestPermission();
  alerts.value = on && possible && Notification.permission === 'granted';
  keep('alerts', alerts.value);
}

/** How many of the reader's talks have something unread. */
export function unreadMine(): number {
  const list = talkList({ tab: 'mine', scope: EVERYBODY, q: '' });
  return list.ids.value.filter((id) => (talkSignal(id).value?.unread ?? 0) > 0).length;
}

/** Keeps the number of unread talks in the page's title. Returns how to stop. */
export function countInTitle(): () => void {
  const stop = effect(() => {
    const count = unreadMine();
    document.title = count > 0 ? `(${count}) ${text.product}` : text.product;
  });
  return () => {
    stop();
    document.title = text.product;
  };
}

/** Shows a notice for a customer's message in a talk that is the reader's, while the page is not looked at. */
export function alertOf(message: MessageView): void {
  // Where notices come by push, they would come twice.
  if (pushOn.value || !alerts.value || document.hasFocus() || message.direction !== 'in') return;
  if (talkSignal(message.conversationId).peek()?.ownerId !== me.peek()?.id) return;
  const notice = new Notification(message.author.name, {
    body: message.text.slice(0, 140),
    tag: message.conversationId,
    icon: '/favicon.svg',
  });
  notice.onclick = () => {
    window.focus();
    navigate(to.inbox('mine', message.conversationId));
  };
}

/** Whether an offer is heard. */
export const sound = signal(kept('sound', isFlag) ?? false);
/** Turns the sound on or off; lets it be heard when it is turned on. */
export function setSound(on: boolean): void {
  sound.value = on;
  keep('sound', on);
  if (on) chime();
}

let audio: AudioContext | null = null;
/** Two soft tones. A browser that nobody has touched yet stays silent. */
function chime(): void {
  audio ??= new AudioContext();
  const start = audio.currentTime;
  for (const [index, pitch] of [660, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const from = start + index * 0.16;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.12, from + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.3);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.32);
  }
}

/** Tells of a talk that is offered to the reader. */
export function alertOffer(talk: ConversationView): void {
  if (sound.value) chime();
  if (pushOn.value || !alerts.value || document.hasFocus()) return;
  const notice = new Notification(text.acts.offer.mine, {
    body: `${talk.contact.name}: ${(talk.lastMessage?.text ?? '').slice(0, 140)}`,
    tag: `offer-${talk.id}`,
    icon: '/favicon.svg',
  });
  notice.onclick = () => {
    window.focus();
    navigate(to.inbox('waiting', talk.id));
  };
}

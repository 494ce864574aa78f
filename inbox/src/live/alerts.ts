import { effect, signal } from '@preact/signals';
import type { MessageView } from '../../../src/contract/wire.ts';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { keep, kept } from '../state/keep.ts';
import { me } from '../state/session.ts';
import { talkList, talkSignal } from '../state/talks.ts';
import { text } from '../text/index.ts';

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
  const list = talkList({ tab: 'mine', lineId: null, q: '' });
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
  if (!alerts.value || document.hasFocus() || message.direction !== 'in') return;
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

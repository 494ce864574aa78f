import { computed, effect, signal } from '@preact/signals';
import { keep, kept } from './keep.ts';
import { me } from './session.ts';
import type { Toast } from './toasts.ts';

/** Something the reader was told. */
export interface Notice extends Pick<Toast, 'tone' | 'title' | 'text' | 'conversationId'> {
  at: string;
  read: boolean;
}

const MOST = 50;
const isList = (value: unknown): value is Notice[] =>
  Array.isArray(value) && value.every((one) => typeof one?.title === 'string');
const keyOf = (userId: string): string => `notices.${userId}`;

/** What the reader was told on this device, newest first; kept over reloads. */
export const notices = signal<readonly Notice[]>([]);
export const unreadNotices = computed(() => notices.value.filter(({ read }) => !read).length);

const meId = computed(() => me.value?.id ?? null);
effect(() => {
  notices.value = (meId.value && kept(keyOf(meId.value), isList)) || [];
});

function put(list: readonly Notice[]): void {
  notices.value = list;
  if (meId.peek()) keep(keyOf(meId.peek() ?? ''), list);
}

/** Keeps a notice. */
export function takeNotice(notice: Omit<Notice, 'at' | 'read'>): void {
  const at = new Date().toISOString();
  put([{ ...notice, at, read: false }, ...notices.peek()].slice(0, MOST));
}
/** They were seen. */
export function readNotices(): void {
  if (unreadNotices.peek() > 0) put(notices.peek().map((notice) => ({ ...notice, read: true })));
}
/** Forgets them all. */
export function clearNotices(): void {
  put([]);
}

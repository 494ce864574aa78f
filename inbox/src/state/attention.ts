import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { AuthorView, StaffEvents, ViewerView } from '../../../src/contract/wire.ts';
import { me } from './session.ts';

/** Somebody who writes now; believed for a while only. */
export interface Writer {
  who: AuthorView;
  note: boolean;
  until: number;
}
/** Who has a talk before them, and who writes in it; the reader is not among them. */
export interface Attention {
  viewers: Signal<readonly ViewerView[]>;
  writers: Signal<readonly Writer[]>;
}

/** A writer of whom nothing more is heard has stopped. */
const BELIEVED_MS = 7_000;
const known = new Map<string, Attention>();

/** Who looks and writes in a talk. */
export function attentionOf(conversationId: string): Attention {
  const held = known.get(conversationId);
  if (held) return held;
  const fresh = {
    viewers: signal<readonly ViewerView[]>([]),
    writers: signal<readonly Writer[]>([]),
  };
  known.set(conversationId, fresh);
  return fresh;
}

/** Takes in who has which talks before them. */
export function takeViewers({ talks, all }: Parameters<StaffEvents['viewers']>[0]): void {
  const mine = me.peek()?.id;
  const named = new Set(talks.map(({ conversationId }) => conversationId));
  if (all) for (const [id, { viewers }] of known) if (!named.has(id)) viewers.value = [];
  for (const { conversationId, viewers } of talks)
    attentionOf(conversationId).viewers.value = viewers.filter(({ id }) => id !== mine);
}

/** Notes who writes, or stopped. */
export function takeWriting(
  conversationId: string,
  who: AuthorView,
  on: boolean,
  note = false,
): void {
  const { writers } = attentionOf(conversationId);
  const others = writers.peek().filter((writer) => !isSame(writer.who, who));
  const own = who.kind === 'user' && who.id === me.peek()?.id;
  if (!on || own) {
    if (others.length < writers.peek().length) writers.value = others;
    return;
  }
  writers.value = [...others, { who, note, until: Date.now() + BELIEVED_MS }];
  setTimeout(() => {
    const still = writers.peek().filter(({ until }) => until > Date.now());
    if (still.length < writers.peek().length) writers.value = still;
  }, BELIEVED_MS + 100);
}

const isSame = (one: AuthorView, other: AuthorView): boolean =>
  one.kind === other.kind && one.id === other.id;

/** Forgets everything: another person may sign in. */
export function forgetAttention(): void {
  known.clear();
}

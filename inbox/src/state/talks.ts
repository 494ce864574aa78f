import { batch, computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { ConversationView } from '../../../src/contract/wire.ts';
import { asApiError } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';
import { listTalks } from '../api/talks.ts';
import { byActivity, byRank, byWaiting, filterOf, place } from './placing.ts';
import type { ListChoice } from './placing.ts';
import { departmentOf } from './people.ts';
import { scopeValue } from './scope.ts';
import { me } from './session.ts';

const known = new Map<string, Signal<ConversationView | null>>();

/** The talk with this id as far as it is known; changes with every newer view. */
export function talkSignal(id: string): Signal<ConversationView | null> {
  const held = known.get(id);
  if (held) return held;
  const fresh = signal<ConversationView | null>(null);
  known.set(id, fresh);
  return fresh;
}
/** Hears of every view that is taken in, and, with null, of talks that went out of sight. */
export type TalkListener = (talk: ConversationView | null, id: string) => void;
const listeners = new Set<TalkListener>();
/** Listens until the returned function is called. */
export function onTalk(listener: TalkListener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
const hear = (talk: ConversationView | null, id: string) => {
  for (const listener of listeners) listener(talk, id);
};
const read = (id: string) => known.get(id)?.peek() ?? null;

/** All talks known to this page, for the palette. */
export const knownTalks = (): ConversationView[] =>
  [...known.values()].flatMap(({ value }) => (value ? [value] : []));

/** One list on the screen. */
export interface TalkList {
  choice: ListChoice;
  ids: Signal<readonly string[]>;
  /** The same as they are shown: pinned first, snoozed last. */
  shown: ReadonlySignal<readonly string[]>;
  /** Null: everything is here. Undefined: nothing was loaded yet. */
  cursor: Signal<string | null | undefined>;
  loading: Signal<boolean>;
  error: Signal<ApiError | null>;
}
const lists = new Map<string, TalkList>();

/** Changes only when an order on the screen changes, not with each message of a talk in it. */
function ranked(ids: Signal<readonly string[]>): ReadonlySignal<readonly string[]> {
  let before: readonly string[] = [];
  return computed(() => {
    const next = byRank(ids.value, me.value?.id ?? '', (id) => talkSignal(id).value);
    if (next.length !== before.length || next.some((id, index) => id !== before[index]))
      before = next;
    return before;
  });
}

/** The list of a choice; loads its first page when it is new. */
export function talkList(choice: ListChoice): TalkList {
  const key = JSON.stringify([choice.tab, scopeValue(choice.scope), choice.q, choice.tag]);
  const held = lists.get(key);
  if (held) return held;
  const ids = signal<readonly string[]>([]);
  const list: TalkList = {
    choice,
    ids,
    shown: ranked(ids),
    cursor: signal(undefined),
    loading: signal(false),
    error: signal(null),
  };
  // Searches come and go; only the last few stay.
  const searches = [...lists].filter(
    ([
      ,
      {
        choice: { q, tag },
      },
    ]) => q !== '' || tag,
  );
  if ((choice.q || choice.tag) && searches.length > 4) lists.delete(searches[0]?.[0] ?? '');
  lists.set(key, list);
  void loadMore(list);
  return list;
}

/** The server's order until all of a list is here; then the order that the rows show. */
function arrange(list: TalkList, ids: readonly string[]): readonly string[] {
  if (list.cursor.peek() !== null) return ids;
  return list.choice.tab === 'waiting' ? byWaiting(ids, read) : byActivity(ids, read);
}

/** Fetches the next page; nothing happens at the end or while one is on its way. */
export async function loadMore(list: TalkList): Promise<void> {
  if (list.loading.peek() || list.cursor.peek() === null) return;
  await fetchPage(list, list.cursor.peek() ?? null);
}

async function fetchPage(list: TalkList, cursor: string | null): Promise<void> {
  list.loading.value = true;
  try {
    const page = await listTalks(filterOf(list.choice), cursor);
    batch(() => {
      for (const talk of page.items) putTalk(talk);
      const before = cursor === null ? [] : list.ids.peek();
      const fresh = page.items.map(({ id }) => id).filter((id) => !before.includes(id));
      list.cursor.value = page.nextCursor;
      list.ids.value = arrange(list, [...before, ...fresh]);
      list.error.value = null;
    });
  } catch (error) {
    list.error.value = asApiError(error);
  } finally {
    list.loading.value = false;
  }
}

/** Fetches every list again from its first page: after the link was away, events were missed. */
export async function refreshLists(): Promise<void> {
  await Promise.all(
    [...lists.values()]
      .filter(({ loading }) => !loading.peek())
      .map((list) => fetchPage(list, null)),
  );
}

/** Takes in a view unless a newer one is held, and puts it in its place in every list. */
export function putTalk(talk: ConversationView): void {
  const held = talkSignal(talk.id);
  const before = held.peek();
  if (before && before.rev > talk.rev) return;
  const meId = me.peek()?.id ?? '';
  batch(() => {
    held.value = talk;
    for (const list of lists.values()) {
      if (list.cursor.peek() === undefined) continue;
      const ids = place(
        list.ids.peek(),
        talk,
        list.choice,
        meId,
        read,
        list.cursor.peek() === null,
        departmentOf,
      );
      const arranged = arrange(list, ids);
      const now = list.ids.peek();
      if (arranged.length !== now.length || arranged.some((id, index) => id !== now[index]))
        list.ids.value = arranged;
    }
  });
  hear(talk, talk.id);
}

/** The talk is no longer the reader's to see. */
export function dropTalk(id: string): void {
  batch(() => {
    talkSignal(id).value = null;
    for (const list of lists.values())
      list.ids.value = list.ids.peek().filter((other) => other !== id);
  });
  hear(null, id);
}

/** Forgets everything: another person may sign in. */
export function forgetTalks(): void {
  known.clear();
  lists.clear();
}

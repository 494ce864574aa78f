import type { ConversationView } from '../../../src/contract/wire.ts';
import type { Scope } from '../api/scope.ts';
import type { TalkFilter } from '../api/talks.ts';

/** The tabs of the inbox. */
export type Tab = 'mine' | 'waiting' | 'open' | 'closed';
export const TABS: readonly Tab[] = ['mine', 'waiting', 'open', 'closed'];

/** A list of talks as the operator chose it. */
export interface ListChoice {
  tab: Tab;
  /** Whose: those of a line, of a department, of a person. */
  scope: Scope;
  q: string;
  /** A whole tag. */
  tag?: string;
}

/** The server's filter for a choice. */
export function filterOf(choice: ListChoice): TalkFilter {
  const byTab: Record<Tab, TalkFilter> = {
    mine: { state: 'open', owner: 'me' },
    waiting: { state: 'waiting' },
    open: { state: 'open' },
    closed: { state: 'closed' },
  };
  return {
    ...(choice.scope.lineId ? { line: choice.scope.lineId } : {}),
    ...(choice.scope.departmentId ? { department: choice.scope.departmentId } : {}),
    ...(choice.scope.ownerId ? { owner: choice.scope.ownerId } : {}),
    ...byTab[choice.tab],
    ...(choice.q ? { q: choice.q } : {}),
    ...(choice.tag ? { tag: choice.tag } : {}),
  };
}

const fold = (value: string) => value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether every word of the query begins a word of the name; accents and case do not count. */
export function nameMatches(name: string, q: string): boolean {
  const words = fold(name).split(/[\s,.-]+/u);
  return fold(q)
    .split(/\s+/u)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)));
}

const hasTag = (talk: ConversationView, tag: string): boolean => talk.tags?.includes(tag) ?? false;

/** What was typed into the search box: `#vip` finds by tag, anything else by name. */
export const choiceOf = (typed: string): Pick<ListChoice, 'q' | 'tag'> =>
  typed.startsWith('#') && typed.length > 1
    ? { q: '', tag: typed.slice(1).trim().toLowerCase() }
    : { q: typed };

/** Whether a talk stands in a list, as the server would say. */
export function belongs(
  talk: ConversationView,
  choice: ListChoice,
  meId: string,
  departmentOf: (userId: string | null) => string | null = () => null,
): boolean {
  const { state, owner, line, department } = filterOf(choice);
  return (
    talk.state === state &&
    (!owner || talk.ownerId === (owner === 'me' ? meId : owner)) &&
    (!line || talk.lineId === line) &&
    (!department || departmentOf(talk.ownerId) === department) &&
    (!choice.q || nameMatches(talk.contact.name, choice.q)) &&
    (!choice.tag || hasTag(talk, choice.tag))
  );
}

/** The time a list is ordered by: newest first. */
export const activityOf = (talk: ConversationView): string =>
  talk.state === 'closed' && talk.closedAt && talk.closedAt > (talk.lastMessage?.at ?? '')
    ? talk.closedAt
    : (talk.lastMessage?.at ?? talk.openedAt);

/**
 * The order of ids after `talk` changed: out when it no longer belongs, in at its place when it does.
 * With more pages to come, a talk older than everything shown is left to its page.
 */
export function place(
  ids: readonly string[],
  talk: ConversationView,
  choice: ListChoice,
  meId: string,
  read: (id: string) => ConversationView | null,
  complete: boolean,
  departmentOf?: (userId: string | null) => string | null,
): string[] {
  const rest = ids.filter((id) => id !== talk.id);
  if (!belongs(talk, choice, meId, departmentOf)) return rest;
  const key = activityOf(talk);
  const index = rest.findIndex((id) => {
    const other = read(id);
    return other !== null && activityOf(other) <= key;
  });
  if (index >= 0) return [...rest.slice(0, index), talk.id, ...rest.slice(index)];
  return complete || rest.length === 0 ? [...rest, talk.id] : rest;
}

/** Newest activity first. */
export function byActivity(
  ids: readonly string[],
  read: (id: string) => ConversationView | null,
): string[] {
  const key = (id: string) => {
    const talk = read(id);
    return talk ? activityOf(talk) : '';
  };
  return [...ids].sort((one, other) => key(other).localeCompare(key(one)));
}

/** Whoever waits longest stands first: the order of the waiting tab once all of it is here. */
export function byWaiting(
  ids: readonly string[],
  read: (id: string) => ConversationView | null,
): string[] {
  const since = (id: string) => read(id)?.waitingSince ?? '9';
  return [...ids].sort((one, other) => since(one).localeCompare(since(other)));
}

/** The reader's pinned talks first, snoozed ones last; otherwise as they stand. */
export function byRank(
  ids: readonly string[],
  meId: string,
  read: (id: string) => ConversationView | null,
): string[] {
  const rank = (id: string): number => {
    const talk = read(id);
    return talk?.pinnedBy?.includes(meId) ? 0 : talk?.snoozedUntil ? 2 : 1;
  };
  const ranked: [string[], string[], string[]] = [[], [], []];
  for (const id of ids) ranked[rank(id)]?.push(id);
  return ranked.flat();
}

import { signal } from '@preact/signals';
import type {
  AwayView,
  ChannelTypeView,
  ChannelView,
  DepartmentView,
  LineView,
  Page,
  PresenceState,
  UserView,
} from '../../../src/contract/wire.ts';
import { asApiError } from '../api/http.ts';
import { listChannelTypes, listChannels, listLines } from '../api/lines.ts';
import { listDepartments, listUsers } from '../api/people.ts';
import { can, me, session } from './session.ts';
import { tell } from './toasts.ts';

/** What many screens need to know, kept fresh by the live link. Null: not loaded yet. */
export const users = signal<readonly UserView[] | null>(null);
export const departments = signal<readonly DepartmentView[] | null>(null);
export const lines = signal<readonly LineView[] | null>(null);
export const channels = signal<readonly ChannelView[] | null>(null);
export const channelTypes = signal<readonly ChannelTypeView[] | null>(null);

const ORDER = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
/** As people order names: `Line 2` before `Line 10`. */
const byName = (one: { name: string }, other: { name: string }): number =>
  ORDER.compare(one.name, other.name);

const load = async <T>(
  into: { value: readonly T[] | null },
  list: (cursor: string | null) => Promise<Page<T>>,
  order?: (one: T, other: T) => number,
): Promise<void> => {
  try {
    const all: T[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: Page<T> = await list(cursor ?? null);
      all.push(...page.items);
      cursor = page.nextCursor;
    }
    into.value = order ? all.sort(order) : all;
  } catch (error) {
    const { code, message, hint } = asApiError(error);
    if (into.value === null) into.value = [];
    if (code !== 'offline' && code !== 'unauthenticated') tell('bad', message, hint);
  }
};

export const loadUsers = () =>
  can('user.read') ? load(users, listUsers, byName) : Promise.resolve();
export const loadDepartments = () =>
  can('user.read') ? load(departments, listDepartments) : Promise.resolve();
export const loadLines = () =>
  can('line.read') ? load(lines, listLines, byName) : Promise.resolve();
export const loadChannels = () =>
  can('channel.change') ? load(channels, listChannels) : Promise.resolve();
export const loadChannelTypes = () =>
  can('line.read') ? load(channelTypes, listChannelTypes) : Promise.resolve();

const replace = <T extends { id: string }>(all: readonly T[] | null, one: T): readonly T[] =>
  all?.some(({ id }) => id === one.id)
    ? all.map((other) => (other.id === one.id ? one : other))
    : [...(all ?? []), one];

export const putUser = (user: UserView): void => {
  users.value = replace(users.value, user);
};
export const putLine = (line: LineView): void => {
  lines.value = replace(lines.value, line);
};
export const putChannel = (channel: ChannelView): void => {
  channels.value = replace(channels.value, channel);
};

/** Takes in a colleague's or one's own presence. */
export function putPresence(
  userId: string,
  presence: PresenceState,
  load: number,
  away: AwayView | null,
): void {
  const known = users.value?.find(({ id }) => id === userId);
  if (known) putUser({ ...known, presence, load, away });
  const mine = me.value;
  if (session.value && mine?.id === userId)
    session.value = { ...session.value, user: { ...mine, presence, load, away } };
}

/** The department a person belongs to; null: none, or unknown. */
export const departmentOf = (userId: string | null): string | null =>
  users.value?.find(({ id }) => id === userId)?.departmentId ?? null;

/** A person's name by id, or null when unknown. */
export const userName = (id: string | null): string | null =>
  id === null ? null : (users.value?.find((user) => user.id === id)?.name ?? null);

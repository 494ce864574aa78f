import type { AccountRecord } from '../domain/accounts/account.ts';
import type { Bus } from '../domain/events/bus.ts';
import type { Line } from '../domain/lines/line.ts';
import type { User } from '../domain/operators/user.ts';
import type { Stores } from '../domain/stores.ts';

/** Names that every view needs, kept for seconds so that a burst of events does not ask for them one by one. */
export interface Directory {
  account(id: string): Promise<AccountRecord | null>;
  line(id: string): Promise<Line | null>;
  user(id: string): Promise<User | null>;
}

/** Another process may change a name: what is kept is never older than this. */
const KEEP_MS = 10_000;
const MOST = 5_000;

/** Keeps what `read` answers; forgets by `forget`, after ten seconds, or when there is too much. */
function keep<T>(read: (id: string) => Promise<T | null>) {
  const kept = new Map<string, { value: Promise<T | null>; until: number }>();
  return {
    get(id: string): Promise<T | null> {
      const known = kept.get(id);
      if (known && known.until > Date.now()) return known.value;
      if (kept.size >= MOST) kept.clear();
      const value = read(id);
      kept.set(id, { value, until: Date.now() + KEEP_MS });
      value.catch(() => kept.delete(id));
      return value;
    },
    forget(id: string): void {
      kept.delete(id);
    },
  };
}

/** A directory over the stores, kept fresh by the bus. */
export function createDirectory(
  stores: Pick<Stores, 'accounts' | 'lines' | 'users'>,
  bus: Bus,
): Directory {
  const accounts = keep((id) => stores.accounts.get(id));
  const lines = keep((id) => stores.lines.get(id));
  const users = keep((id) => stores.users.get(id));
  bus.on('account.changed', ({ account }) => accounts.forget(account.id));
  bus.on('account.removed', ({ accountId }) => accounts.forget(accountId));
  bus.on('line.changed', ({ lineId }) => lines.forget(lineId));
  bus.on('user.changed', ({ userId }) => users.forget(userId));
  return { account: accounts.get, line: lines.get, user: users.get };
}

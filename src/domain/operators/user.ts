import type { HoursView, PresenceState } from '../../contract/wire.ts';
import type { Grants } from '../../contract/rights.ts';
import type { PageOf, PageRequest } from '../events/paging.ts';
import type { Absence, Away } from './away.ts';

/** A person who works here. */
export interface User {
  id: string;
  name: string;
  /** Lower case. */
  email: string;
  handle: string;
  passwordHash: string;
  role: string;
  departmentId: string | null;
  timeZone: string;
  active: boolean;
  maxTalks: number | null;
  /** What they said, and when. */
  presence: PresenceState;
  presenceAt: Date;
  /** When they work, in their zone; empty: no such hours. */
  hours: HoursView;
  absences: Absence[];
  /** Until then they work in spite of hours and absences. */
  workUntil: Date | null;
  /** Whether a phone that takes push messages stands for their being there. */
  reachableByPhone: boolean;
  /** Why no new talks go to them, beside what they said; null: nothing. Worked out from devices, hours and absences. */
  away: Away | null;
  /** Grows with every working out of `away`. */
  reckoned: number;
  createdAt: Date;
}

/** What a person begins with: offline, without hours and absences. */
type Begun =
  | 'presence'
  | 'presenceAt'
  | 'hours'
  | 'absences'
  | 'workUntil'
  | 'reachableByPhone'
  | 'away'
  | 'reckoned';

export interface UserStore {
  /** Refuses a second use of an e-mail (`duplicate`); makes a free handle from `handle`. */
  create(user: Omit<User, 'id' | 'createdAt' | Begun>): Promise<User>;
  get(id: string): Promise<User | null>;
  many(ids: readonly string[]): Promise<User[]>;
  byEmail(email: string): Promise<User | null>;
  byHandle(handle: string): Promise<User | null>;
  anyAdministrator(): Promise<boolean>;
  /** Active people of a role. */
  ofRole(role: string): Promise<User[]>;
  list(filter: { active?: boolean; q?: string }, page: PageRequest): Promise<PageOf<User>>;
  change(id: string, change: Partial<Omit<User, 'id' | 'createdAt'>>): Promise<User | null>;
  setPresence(id: string, state: PresenceState, at: Date): Promise<User | null>;
  /**
   * Writes what was worked out from what stood at `reckoned`, and when to look again. Null: it was worked out anew
   * meanwhile.
   */
  reckon(
    id: string,
    reckoned: number,
    away: Away | null,
    lookAt: Date | null,
  ): Promise<User | null>;
  /** Whose `away` is due to be worked out again, longest due first. */
  dueLooks(now: Date, limit: number): Promise<string[]>;
  /** When the next one is due. */
  nextLook(): Promise<Date | null>;
  /** Makes everybody who is online due at `at`. */
  lookAtAll(at: Date): Promise<void>;
}

/** A signed-in browser. The cookie holds a key; only its hash is stored. */
export interface SignIn {
  id: string;
  keyHash: string;
  userId: string;
  csrf: string;
  createdAt: Date;
  seenAt: Date;
  expiresAt: Date;
  agent: string;
}
export interface SignInStore {
  create(signIn: Omit<SignIn, 'id'>): Promise<SignIn>;
  byKeyHash(hash: string): Promise<SignIn | null>;
  seen(id: string, at: Date, expiresAt: Date): Promise<void>;
  remove(id: string): Promise<void>;
  removeOfUser(userId: string): Promise<void>;
}

/** A personal token for scripts; only its hash is stored. */
export interface PersonalToken {
  id: string;
  keyHash: string;
  userId: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}
export interface TokenStore {
  create(token: Omit<PersonalToken, 'id' | 'lastUsedAt'>): Promise<PersonalToken>;
  byKeyHash(hash: string): Promise<PersonalToken | null>;
  ofUser(userId: string): Promise<PersonalToken[]>;
  used(id: string, at: Date): Promise<void>;
  remove(id: string, userId: string): Promise<boolean>;
}

/** A role that an administrator made. */
export interface Role {
  id: string;
  name: string;
  grants: Grants;
}
export interface RoleStore {
  all(): Promise<Role[]>;
  get(id: string): Promise<Role | null>;
}

/** Counts failures in a window, in the database, so that a restart or a second process changes nothing. */
export interface ThrottleStore {
  /** Counts one more under `key` and answers how many in the window that began with the first. */
  hit(key: string, windowMs: number, now: Date): Promise<number>;
  clear(key: string): Promise<void>;
}

import type { Page, UserView } from '../../../src/contract/wire.ts';
import { call } from './http.ts';

/** What can be changed on a person. */
export interface UserChange {
  name?: string;
  email?: string;
  role?: string;
  active?: boolean;
  maxTalks?: number | null;
  timeZone?: string;
  password?: string;
  /** Needed with `password` when it is one's own. */
  currentPassword?: string;
}

export const listUsers = (cursor?: string | null) =>
  call<Page<UserView>>('GET', '/users', { query: { limit: 200, cursor } });
export const createUser = (body: {
  name: string;
  email: string;
  password: string;
  role: string;
  maxTalks?: number | null;
}) => call<UserView>('POST', '/users', { body });
export const changeUser = (id: string, body: UserChange) =>
  call<UserView>('PATCH', `/users/${id}`, { body });

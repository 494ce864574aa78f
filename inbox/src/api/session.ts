import type {
  PresenceState,
  SessionView,
  SettingsView,
  SetupView,
  TokenView,
  UserView,
  Page,
} from '../../../src/contract/wire.ts';
import { call } from './http.ts';

export const readSetup = () => call<SetupView>('GET', '/setup');
export const setUp = (body: { name: string; email: string; password: string; code: string }) =>
  call<SessionView>('POST', '/setup', { body });
export const readSession = () => call<SessionView>('GET', '/session');
export const signIn = (email: string, password: string) =>
  call<SessionView>('POST', '/session', { body: { email, password } });
export const signOut = () => call<null>('DELETE', '/session');
export const setPresence = (state: PresenceState, workNow = false) =>
  call<UserView>('PUT', '/presence', { body: { state, ...(workNow && { workNow }) } });
export const listTokens = () => call<Page<TokenView>>('GET', '/tokens');
export const createToken = (name: string) => call<TokenView>('POST', '/tokens', { body: { name } });
export const removeToken = (id: string) => call<null>('DELETE', `/tokens/${id}`);
export const changeSettings = (body: Partial<SettingsView>) =>
  call<SettingsView>('PATCH', '/settings', { body });

import { exec } from 'preact-iso';
import { TABS } from '../state/placing.ts';
import type { Tab } from '../state/placing.ts';

/** Sections of settings. */
export const SECTIONS = ['lines', 'channels', 'people', 'company', 'webhooks', 'audit', 'profile'] as const;
export type Section = (typeof SECTIONS)[number];
/** Lists of troubles. */
export const TROUBLES = ['failed', 'uncertain', 'quarantine'] as const;
export type TroubleKind = (typeof TROUBLES)[number];

/** Where the reader is. */
export type Place =
  | { at: 'inbox'; tab: Tab; id: string | null }
  | { at: 'contacts'; id: string | null }
  | { at: 'leads'; id: string | null }
  | { at: 'deals'; id: string | null }
  | { at: 'troubles'; kind: TroubleKind }
  | { at: 'settings'; section: Section | null; id: string | null };

const oneOf = <T extends string>(all: readonly T[], value: string | undefined): T | null =>
  all.find((one) => one === value) ?? null;

/** Reads an address; unknown ones are the inbox. */
export function placeOf(path: string): Place {
  const talk = exec(path, '/inbox/:tab?/:id?');
  if (talk)
    return {
      at: 'inbox',
      tab: oneOf(TABS, talk.params['tab']) ?? 'mine',
      id: talk.params['id'] ?? null,
    };
  const settings = exec(path, '/settings/:section?/:id?');
  if (settings)
    return {
      at: 'settings',
      section: oneOf(SECTIONS, settings.params['section']),
      id: settings.params['id'] ?? null,
    };
  const troubles = exec(path, '/troubles/:kind?');
  if (troubles) return { at: 'troubles', kind: oneOf(TROUBLES, troubles.params['kind']) ?? 'failed' };
  for (const at of ['contacts', 'leads', 'deals'] as const) {
    const found = exec(path, `/${at}/:id?`);
    if (found) return { at, id: found.params['id'] ?? null };
  }
  return { at: 'inbox', tab: 'mine', id: null };
}

/** Addresses of screens. */
export const to = {
  inbox: (tab: Tab, id?: string | null) => (id ? `/inbox/${tab}/${id}` : `/inbox/${tab}`),
  contacts: (id?: string | null) => (id ? `/contacts/${id}` : '/contacts'),
  leads: (id?: string | null) => (id ? `/leads/${id}` : '/leads'),
  deals: (id?: string | null) => (id ? `/deals/${id}` : '/deals'),
  troubles: (kind?: TroubleKind) => (kind ? `/troubles/${kind}` : '/troubles'),
  settings: (section?: Section, id?: string) =>
    `/settings${section ? `/${section}` : ''}${id ? `/${id}` : ''}`,
};

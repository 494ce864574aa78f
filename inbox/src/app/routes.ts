import type { Right } from '../../../src/contract/rights.ts';
import { TABS } from '../state/placing.ts';
import type { Tab } from '../state/placing.ts';

/** Sections of settings. */
export const SECTIONS = [
  'lines',
  'flows',
  'channels',
  'people',
  'departments',
  'canned',
  'company',
  'webhooks',
  'audit',
  'profile',
] as const;
export type Section = (typeof SECTIONS)[number];
/** What one must be able to do for a section; null: everybody has it. */
export const SECTION_RIGHTS: Readonly<Record<Section, Right | null>> = {
  lines: 'line.read',
  flows: 'flow.read',
  channels: 'channel.change',
  people: 'user.change',
  departments: 'user.change',
  canned: 'canned.change',
  company: 'settings.change',
  webhooks: 'webhook.change',
  audit: 'audit.read',
  profile: null,
};
/** Lists of troubles. */
export const TROUBLES = ['failed', 'uncertain', 'quarantine'] as const;
export type TroubleKind = (typeof TROUBLES)[number];

/** Where the reader is. */
export type Place =
  | { at: 'inbox'; tab: Tab; id: string | null }
  | { at: 'contacts'; id: string | null }
  | { at: 'leads'; id: string | null }
  | { at: 'deals'; id: string | null }
  | { at: 'board' }
  | { at: 'troubles'; kind: TroubleKind }
  | { at: 'settings'; section: Section | null; id: string | null };

const oneOf = <T extends string>(all: readonly T[], value: string | undefined): T | null =>
  all.find((one) => one === value) ?? null;

/** Reads an address; unknown ones are the inbox. */
export function placeOf(path: string): Place {
  const [screen, second, third = null] = path.split('/').filter(Boolean).map(decodeURIComponent);
  const id = second ?? null;
  switch (screen) {
    case 'contacts':
      return { at: 'contacts', id };
    case 'leads':
      return { at: 'leads', id };
    case 'deals':
      return { at: 'deals', id };
    case 'board':
      return { at: 'board' };
    case 'troubles':
      return { at: 'troubles', kind: oneOf(TROUBLES, second) ?? 'failed' };
    case 'settings':
      return { at: 'settings', section: oneOf(SECTIONS, second), id: third };
    default:
      return { at: 'inbox', tab: oneOf(TABS, second) ?? 'mine', id: third };
  }
}

/** Addresses of screens. */
export const to = {
  inbox: (tab: Tab, id?: string | null) => (id ? `/inbox/${tab}/${id}` : `/inbox/${tab}`),
  contacts: (id?: string | null) => (id ? `/contacts/${id}` : '/contacts'),
  leads: (id?: string | null) => (id ? `/leads/${id}` : '/leads'),
  deals: (id?: string | null) => (id ? `/deals/${id}` : '/deals'),
  board: () => '/board',
  troubles: (kind?: TroubleKind) => (kind ? `/troubles/${kind}` : '/troubles'),
  settings: (section?: Section, id?: string) =>
    `/settings${section ? `/${section}` : ''}${id ? `/${id}` : ''}`,
};

import type { CardButton } from '../../contract/card.ts';

/** What an owner of a talk does next. */
export const OWNER_BUTTONS: CardButton[] = [
  { label: 'Customer', command: '/contact' },
  { label: 'Close', command: '/close' },
];

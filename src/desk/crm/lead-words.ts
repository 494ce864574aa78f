import type { Lead } from '../../domain/crm/records.ts';
import type { Words } from './record-change.ts';

/** How a lead's fields read in its timeline. */
export const LEAD_WORDS: Words<Lead> = {
  name: { label: 'Name', show: (name) => name },
  status: { label: 'Status', show: (status) => status },
  ownerId: { label: 'Owner' },
  note: { label: 'Note' },
};

/** Whether a lead still waits to become a customer: a contact has at most one of these. */
export function isOpen(status: Lead['status']): boolean {
  return status === 'new' || status === 'in work';
}

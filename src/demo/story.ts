import type { Desk } from './company.ts';

/** A pretend customer. */
export interface Customer {
  id: string;
  name: string;
  phone?: string;
  email?: string;
  language?: string;
}

/** What happens next in a story; the first is always the customer's. */
export type Step =
  | { act: 'says'; text: string; file?: string }
  | { act: 'edits'; text: string }
  | { act: 'removes' }
  | { act: 'reacts'; emoji: string }
  | { act: 'shares'; latitude: number; longitude: number; title: string }
  | { act: 'answers'; text: string; file?: string; buttons?: string[]; quoting?: boolean }
  | { act: 'rewords'; text: string }
  | { act: 'likes'; emoji: string }
  | { act: 'notes'; text: string }
  | { act: 'fails'; text: string; how: 'blocked' | 'uncertain' }
  | { act: 'deals'; title: string; amount: string; stage?: number; state?: 'won' | 'lost' }
  | { act: 'leads'; status: 'in work' | 'converted' | 'junk' }
  | { act: 'closes'; outcome: string | null };

/** One talk from its beginning. */
export interface Story {
  customer: Customer;
  desk: Desk;
  /** How long ago it began. */
  hoursAgo: number;
  steps: readonly Step[];
}

let people = 0;

/** A customer with an address made of the name; every other one left a phone number. */
export function customer(name: string, left: Partial<Customer> = {}): Customer {
  people += 1;
  const id = name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]+/g, '-');
  const phone = `+4930555${String(1000 + people * 7)}`;
  return { id, name, ...(people % 2 === 0 ? { phone } : { email: `${id}@mail.example` }), ...left };
}

export const says = (text: string, file?: string): Step => ({
  act: 'says',
  text,
  ...(file && { file }),
});
export const edits = (text: string): Step => ({ act: 'edits', text });
export const removes = (): Step => ({ act: 'removes' });
export const reacts = (emoji: string): Step => ({ act: 'reacts', emoji });
export const shares = (title: string, latitude: number, longitude: number): Step => ({
  act: 'shares',
  title,
  latitude,
  longitude,
});
export const answers = (
  text: string,
  more: { file?: string; buttons?: string[]; quoting?: boolean } = {},
): Step => ({ act: 'answers', text, ...more });
export const rewords = (text: string): Step => ({ act: 'rewords', text });
export const likes = (emoji: string): Step => ({ act: 'likes', emoji });
export const notes = (text: string): Step => ({ act: 'notes', text });
export const fails = (how: 'blocked' | 'uncertain', text: string): Step => ({
  act: 'fails',
  how,
  text,
});
export const deals = (
  title: string,
  amount: string,
  more: { stage?: number; state?: 'won' | 'lost' } = {},
): Step => ({ act: 'deals', title, amount, ...more });
export const leads = (status: 'in work' | 'converted' | 'junk'): Step => ({ act: 'leads', status });
export const closes = (outcome: string | null = null): Step => ({ act: 'closes', outcome });

import { z } from 'zod';
import { commandInput, defineCommand } from '../contract/command.ts';

const EXPECTED =
  'Write the title in quotes, then the amount, then the currency if it is not the usual one.';
const AMOUNT = /^(\d[\d'., \u00a0]*?)([a-z]{3})?$/i;

interface NewDeal {
  title: string;
  amount: string;
  /** Null: the company's. */
  currency: string | null;
}

/** `/deal new "Website redesign" 5000 EUR`. */
export default defineCommand({
  name: 'deal new',
  summary: 'Makes a deal, in a talk for its customer',
  usage: '/deal new "title" amount [currency]',
  examples: ['/deal new "Website redesign" 5000 EUR', '/deal new "SEO audit" 450'],
  allow: 'deal.change',
  args: commandInput.transform(({ words, named }, context): NewDeal => {
    const read = Object.keys(named).length === 0 ? readDeal(words) : null;
    if (read) return read;
    context.addIssue({ code: 'custom', message: EXPECTED });
    return z.NEVER;
  }),
  async run({ title, amount, currency }, { acts, currency: usual }) {
    const deal = await acts.newDeal({ title, amount: { amount, currency: currency ?? usual } });
    return {
      title: `Deal #${deal.number}: ${deal.title}`,
      tone: 'good',
      blocks: [
        {
          kind: 'fields',
          fields: [
            { label: 'Amount', value: `${deal.amount.amount} ${deal.amount.currency}` },
            { label: 'Stage', value: deal.stage },
            ...(deal.contactName === null ? [] : [{ label: 'Customer', value: deal.contactName }]),
            ...(deal.ownerName === null ? [] : [{ label: 'Owner', value: deal.ownerName }]),
          ],
        },
      ],
    };
  },
});

/**
 * Reads from the end: the currency may be missing, and a title of several words needs no quotes.
 */
function readDeal(words: readonly string[]): NewDeal | null {
  const last = words.at(-1) ?? '';
  const apart = /^[a-z]{3}$/i.test(last) && words.length > 2;
  const match = AMOUNT.exec((apart ? words.at(-2) : last) ?? '');
  const titleWords = words.slice(0, apart ? -2 : -1);
  const title = titleWords.join(' ');
  if (!match || title.trim() === '' || (apart && match[2] !== undefined)) return null;
  // "5 000" without quotes around it would make a deal of 0 named "… 5".
  if (titleWords.length > 1 && /^\d+$/.test(titleWords.at(-1) ?? '')) return null;
  const currency = apart ? last : (match[2] ?? null);
  return { title, amount: match[1] ?? '', currency: currency?.toUpperCase() ?? null };
}

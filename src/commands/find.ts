import { z } from 'zod';
import type { Block } from '../contract/card.ts';
import { commandInput, defineCommand } from '../contract/command.ts';
import type { SearchView } from '../contract/wire.ts';

/** `/find lee`. */
export default defineCommand({
  name: 'find',
  summary: 'Finds contacts, leads and deals by name, phone, e-mail or number',
  usage: '/find text',
  examples: ['/find lee', '/find +4930123', '/find L5'],
  allow: 'contact.read',
  verbatim: true,
  args: commandInput
    .transform(({ rest }) => rest.trim().replaceAll(/["“”„]/g, ''))
    .pipe(z.string().min(1, 'Write what to find after /find.')),
  async run(query, { acts }) {
    const blocks = blocksOf(await acts.find(query));
    return blocks.length === 0
      ? { title: `Nothing found for “${query}”`, tone: 'warn', blocks }
      : { title: `Found for “${query}”`, blocks };
  },
});

function blocksOf({ contacts, leads, deals }: SearchView): Block[] {
  const items = [
    ...contacts.map((contact) => ({
      title: contact.name,
      detail: ['contact', ...contact.phones.slice(0, 1), ...contact.emails.slice(0, 1)].join(', '),
      command: `/contact ${contact.number}`,
    })),
    ...leads.map((lead) => ({
      title: `L${lead.number} ${lead.name}`,
      detail: `lead, ${lead.status}`,
      command: `/lead L${lead.number}`,
    })),
    ...deals.map((deal) => ({
      title: `#${deal.number} ${deal.title}`,
      detail: `deal, ${deal.stage}, ${deal.amount.amount} ${deal.amount.currency}`,
    })),
  ];
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

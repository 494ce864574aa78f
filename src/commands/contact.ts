import type { Card } from '../contract/card.ts';
import { defineCommand } from '../contract/command.ts';
import { recordNumber } from './arguments/record-number.ts';
import { contactCard } from './cards/contact-card.ts';

/** `/contact`, `/contact 12`. */
export default defineCommand({
  name: 'contact',
  summary: 'Shows the customer of this talk, or a contact by number',
  usage: '/contact [number]',
  examples: ['/contact', '/contact 12'],
  allow: 'contact.read',
  args: recordNumber('#', 'After /contact comes nothing, a number, or “set”.'),
  async run(number, { acts, conversation }): Promise<Card> {
    if (number === undefined && !conversation)
      return {
        title: 'Which contact?',
        tone: 'bad',
        blocks: [{ kind: 'text', text: 'Outside of a talk, name it by its number: /contact 12.' }],
      };
    const contact = await acts.contact(number);
    if (!contact) return { title: 'There is no such contact', tone: 'warn', blocks: [] };
    const card = contactCard(contact);
    return number === undefined
      ? { ...card, buttons: [{ label: 'Lead', command: '/lead' }] }
      : card;
  },
});

import { z } from 'zod';
import { commandInput, defineCommand } from '../contract/command.ts';
import { contactCard } from './cards/contact-card.ts';

const KEYS = ['name', 'phone', 'email'] as const;
const EXPECTED = 'Name what to set: name=, phone= or email=. Quotes go around blanks.';

/** `/contact set email=a@b.c phone=… name="…"`. */
export default defineCommand({
  name: 'contact set',
  summary: "Sets the customer's name, main phone or main e-mail",
  usage: '/contact set [name="…"] [phone=…] [email=…]',
  examples: ['/contact set email=ann@example.com', '/contact set name="Ann Lee" phone=+4930123456'],
  allow: 'contact.change',
  inTalk: true,
  args: commandInput.transform(({ words, named }, context) => {
    const known: readonly string[] = KEYS;
    const odd = Object.keys(named).filter((key) => !known.includes(key));
    for (const key of odd)
      context.addIssue({ code: 'custom', message: `“${key}=” is not known here.` });
    if (words.length > 0)
      context.addIssue({
        code: 'custom',
        message: `“${words.join(' ')}” belongs to nothing. ${EXPECTED}`,
      });
    else if (Object.keys(named).length === odd.length)
      context.addIssue({ code: 'custom', message: EXPECTED });
    if (context.issues.length > 0) return z.NEVER;
    return named as Partial<Record<(typeof KEYS)[number], string>>;
  }),
  async run(change, { acts }) {
    return contactCard(await acts.changeContact(change), 'Contact changed', 'good');
  },
});

import type { Story, Step, Customer } from '../story.ts';
import { answers, closes, customer, deals, notes } from '../story.ts';
import { reacts, says } from '../story.ts';

const money = (hoursAgo: number, who: Customer, ...steps: Step[]): Story => ({
  customer: who,
  desk: 'billing',
  hoursAgo,
  steps,
});

/** Talks about invoices; on this line whoever is free takes what waits. */
export const billing: readonly Story[] = [
  money(
    70.7,
    customer('Rosa Jimenez'),
    says('I need the invoice with our VAT number on it.'),
    answers('Gladly, which number?'),
    says('ESB12345674'),
    answers('Here you are.', { file: 'invoice-2041.pdf' }),
    reacts('👍'),
    closes('solved'),
  ),
  money(
    52.2,
    customer('Karl Lange'),
    says('You charged me twice for order NL-20388.'),
    notes('Right: the first payment timed out and came through after all.'),
    answers('That is so, and my apologies. 89 EUR are on their way back.'),
    says('Thanks for the quick answer.'),
    closes('solved'),
  ),
  money(
    30.2,
    customer('Vera Horak'),
    says('Can we pay 30 days after delivery?'),
    answers('For companies from the second order on, yes. I have set it for you.'),
    deals('Frame agreement Horak', '2400.00', { stage: 1 }),
    says('Wonderful.'),
    closes('won'),
  ),
  money(
    22.2,
    customer('Milo Jensen'),
    says('Is my voucher XMAS-22 still good?'),
    answers('Until the end of the year.'),
    says('Even for things on sale?'),
    answers('For everything but delivery.'),
    closes('solved'),
  ),
  money(
    7.1,
    customer('Aisha Khan'),
    says('My bank says your IBAN has changed. Is that true?'),
    notes('@sara fraud? We changed nothing.'),
    answers('No, it has not! Please do not pay to another one, and send me that message.'),
    says('I will forward it. Good that I asked.'),
  ),
  money(1.8, customer('Peter Molnar'), says('Could you send the reminder to our new address?')),
  money(1.1, customer('Julia Wagner'), says('Hello, when is my refund coming? Order NL-20402')),
  money(
    0.6,
    customer('Noah Baker'),
    says('Which address do I put on a purchase order?'),
    says('It is for a school, we can not order without one.'),
  ),
  money(0.2, customer('Theo Laurent'), says('Do you accept American Express?')),
];

import type { Desk } from './company.ts';

/** What customers say to an answer when their story is told. */
export const SMALL_TALK: readonly string[] = [
  'Ah, good to know. Thank you!',
  'Could you send me a picture of it?',
  'Great, I will try that tonight.',
  'How long would that take?',
  'I see. And what does it cost?',
  'Perfect, that is all I needed.',
  'Let me ask at home and come back to you.',
  'That was fast, thanks!',
  'Does it come in black as well?',
  'Wonderful, then let us do it that way.',
  'Hm, I am not sure I understood. Once more, please?',
  'Thank you for your patience 😊',
];

/** People who come while the demo runs: a question, and what they say to the answers. */
export const NEW_TALKS: readonly { name: string; desk: Desk; lines: readonly string[] }[] = [
  {
    name: 'Mila Horvat',
    desk: 'sales',
    lines: [
      'Hi! Which of your lamps is best for a small desk?',
      'Is it bright enough to draw?',
      'Sold! I take one in green.',
    ],
  },
  {
    name: 'Georg Adler',
    desk: 'support',
    lines: [
      'My lamp does not turn on any more.',
      'Yes, I tried another socket. Nothing.',
      'It was the fuse! Sorry for the trouble.',
    ],
  },
  {
    name: 'Leila Haddad',
    desk: 'billing',
    lines: ['Can I change the name on invoice 2055?', 'Haddad Interiors, please.', 'Thank you!'],
  },
  {
    name: 'Sam Porter',
    desk: 'sales',
    lines: [
      'Do you have anything for a garden?',
      'It should stand the rain.',
      'Then I wait for spring. Please tell me when it is here.',
    ],
  },
  {
    name: 'Anouk Visser',
    desk: 'support',
    lines: [
      'The app says my lamp is offline.',
      'The light on it is blue.',
      'Holding the button helped, it is back.',
    ],
  },
  {
    name: 'Robert Klein',
    desk: 'sales',
    lines: [
      'Good evening, do you sell to shops too?',
      'Two shops, in Graz and in Linz.',
      'Yes, please call me tomorrow.',
    ],
  },
  {
    name: 'Dina Levi',
    desk: 'support',
    lines: ['How do I take off the shade?', 'To the left?', 'Ha, it is off. Thanks!'],
  },
  {
    name: 'Matteo Greco',
    desk: 'billing',
    lines: ['I paid yesterday, did it arrive?', 'Order NL-20460.', 'Very good, thanks.'],
  },
];

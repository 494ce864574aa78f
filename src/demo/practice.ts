import type { FlowScript } from '../contract/composed.ts';
import type { DepartmentView, FlowView, UserView } from '../contract/wire.ts';
import type { Company } from './company.ts';

/** Parts of the company, with the e-mail names of their people. */
const DEPARTMENTS: Readonly<Record<string, readonly string[]>> = {
  'Shop and sales': ['ben', 'chloe'],
  'Customer care': ['dario', 'emma', 'sara'],
};

const NOTHING = { tags: [], assignTo: null, close: null };
const ANSWERS = [
  {
    shortcut: 'hi',
    title: 'Greeting',
    text: 'Hello {{contact.firstName}}, this is {{operator.firstName}} of {{company.name}}.',
    acts: NOTHING,
  },
  {
    shortcut: 'delivery',
    title: 'Delivery times',
    text: 'We send within a day; within the EU it takes two to four days more.',
    acts: NOTHING,
  },
  {
    shortcut: 'refund',
    title: 'Refund, and close',
    text: 'The money is on its way back to you and takes up to five days. Sorry for the trouble!',
    acts: { tags: ['refund'], assignTo: null, close: { outcome: 'refunded' } },
  },
];

const asked = { again: 'Please press one of the buttons.', tries: 1, minutes: 15 };
const tagged = (id: string, name: string, tag: string) =>
  ({ id, name, kind: 'tag', tag, next: 's4' }) as const;

/** What new customers of the sales line are asked first. */
const RECEPTION: FlowScript = {
  begins: 'opened',
  holds: true,
  callWords: ['person', 'human', 'help'],
  steps: [
    {
      ...{ id: 's1', name: 'What it is about', kind: 'ask', ...asked, otherwise: 's4' },
      text: 'Welcome to Northlight! What is it about?',
      options: [
        { label: 'A new lamp', next: 's2' },
        { label: 'My order', next: 's3' },
        { label: 'Something else', next: 's4' },
      ],
    },
    tagged('s2', 'Wants to buy', 'new lamp'),
    tagged('s3', 'Has ordered', 'order'),
    {
      ...{ id: 's4', name: 'To a person', kind: 'people' },
      text: 'Thank you. Somebody will be with you in a moment.',
    },
  ],
};

/** Sets up what makes the work of the company easier: departments, canned answers, and a flow of its own, in use. */
export async function establishPractice({ admin, accounts }: Company): Promise<void> {
  const { items: people } = await admin.call<{ items: UserView[] }>('GET', '/users?limit=50');
  for (const [name, handles] of Object.entries(DEPARTMENTS)) {
    const { id } = await admin.call<DepartmentView>('POST', '/departments', { name });
    for (const person of people)
      if (handles.some((handle) => person.email.startsWith(`${handle}@`)))
        await admin.call('PATCH', `/users/${person.id}`, { departmentId: id });
  }
  for (const answer of ANSWERS) await admin.call('POST', '/canned-answers', answer);

  const made = await admin.call<FlowView>('POST', '/flows', {
    name: 'Reception',
    draft: RECEPTION,
  });
  const note = 'What it is about, then to a person.';
  await admin.call('POST', `/flows/${made.id}/publish`, { rev: made.rev, note });
  const flows = [{ name: made.id, config: {} }];
  await admin.call('PATCH', `/lines/${accounts.sales.lineId}`, { flows });
}

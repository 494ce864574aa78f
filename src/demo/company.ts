import type {
  ChannelTypeView,
  ChannelView,
  ConnectionView,
  LineView,
  Page,
  UserView,
} from '../contract/wire.ts';
import type { Caller } from './caller.ts';
import { signIn } from './caller.ts';

/** Who signs in to look at the demo. The password is for a loopback address and a folder that goes away. */
export const ADMIN = { email: 'alex@northlight.example', password: 'welcome-to-northlight' };

/** A line of the demo company, by what it is for. */
export type Desk = 'sales' | 'support' | 'billing';

interface Person {
  name: string;
  handle: string;
  role: 'supervisor' | 'operator';
  presence: 'online' | 'break' | 'offline';
}
const PEOPLE: readonly Person[] = [
  { name: 'Sara Lind', handle: 'sara', role: 'supervisor', presence: 'online' },
  { name: 'Ben Okafor', handle: 'ben', role: 'operator', presence: 'online' },
  { name: 'Chloe Martin', handle: 'chloe', role: 'operator', presence: 'online' },
  { name: 'Dario Conti', handle: 'dario', role: 'operator', presence: 'online' },
  { name: 'Emma Novak', handle: 'emma', role: 'operator', presence: 'break' },
];

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const hours = (from: string, to: string) =>
  Object.fromEntries(WEEK.map((day) => [day, [[from, to]]]));

/** Longer than the pauses in the stories: there, who is asked answers. */
const OFFER_SECONDS = 900;

interface LinePlan {
  desk: Desk;
  members: readonly string[];
  /** Name of the pretend messenger account that serves it. */
  account: string;
  fields: object;
}
const LINES: readonly LinePlan[] = [
  {
    desk: 'sales',
    members: ['ben', 'chloe'],
    account: 'Northlight messenger',
    fields: {
      name: 'Sales',
      queue: 'evenly',
      priority: 1,
      offerSeconds: OFFER_SECONDS,
      maxTalksPerOperator: 7,
    },
  },
  {
    desk: 'support',
    members: ['dario', 'chloe', 'emma'],
    account: 'Help messenger',
    fields: {
      name: 'Support',
      queue: 'strictly',
      offerSeconds: OFFER_SECONDS,
      maxTalksPerOperator: 5,
      hours: { ...hours('07:00', '21:00'), sat: [['09:00', '16:00']] },
      offHours: { action: 'text', text: 'We are back at 7:00 and answer in turn.' },
    },
  },
  {
    desk: 'billing',
    members: ['sara', 'emma'],
    account: 'Billing messenger',
    fields: { name: 'Billing', queue: 'all', hours: hours('08:00', '18:00') },
  },
];

/** One connected account of the pretend provider. */
export interface Account {
  lineId: string;
  webhookUrl: string;
  secret: string;
}

/** The company as it stands in Openline. */
export interface Company {
  admin: Caller;
  /** Signed in, by user id; those of a line in its order. */
  people: ReadonlyMap<string, Caller>;
  members: Readonly<Record<Desk, readonly string[]>>;
  accounts: Readonly<Record<Desk, Account>>;
  /** Key of the line that the widget on the shop's page belongs to. */
  widgetKey: string;
}

/** Makes people, lines and channels through REST, as an administrator would. */
export async function makeCompany(url: string, providerUrl: string): Promise<Company> {
  const admin = await signIn(url, ADMIN.email, ADMIN.password);
  await admin.call('PATCH', '/settings', { companyName: 'Northlight', timeZone: 'Europe/Berlin' });
  const alex = (await admin.call<{ user: UserView }>('GET', '/session')).user;
  await admin.call('PATCH', `/users/${alex.id}`, { name: 'Alex Morgan' });

  const people = new Map<string, Caller>();
  const ids = new Map<string, string>();
  for (const { name, handle, role, presence } of PEOPLE) {
    const email = `${handle}@northlight.example`;
    const { password } = ADMIN;
    const { id } = await admin.call<UserView>('POST', '/users', { name, email, password, role });
    const caller = await signIn(url, email, password);
    await caller.call('PUT', '/presence', { state: presence });
    people.set(id, caller);
    ids.set(handle, id);
  }

  const made = await Promise.all(
    LINES.map(async ({ desk, members: handles, account, fields }) => {
      const members = handles.flatMap((handle) => ids.get(handle) ?? []);
      const line = await admin.call<LineView>('POST', '/lines', {
        ...fields,
        members: [...members, alex.id],
        timeZone: 'Europe/Berlin',
      });
      const connected = await connect(admin, 'sandbox', account, line.id, { apiRoot: providerUrl });
      return { desk, members, line, connected };
    }),
  );
  const by = <T>(pick: (one: (typeof made)[number]) => T): Record<Desk, T> =>
    Object.fromEntries(made.map((one) => [one.desk, pick(one)])) as Record<Desk, T>;
  const sales = by(({ line }) => line).sales;
  const kinds = await admin.call<Page<ChannelTypeView>>('GET', '/channel-types');
  const widget = kinds.items.find((kind) => kind.widget);
  if (!widget) throw new Error('No kind of channel brings a widget.');
  await connect(admin, widget.type, 'northlight.example', sales.id, {
    title: 'Northlight',
    greeting: 'Hello! Looking for a lamp, or waiting for one?',
    color: '#b4531c',
  });
  return {
    admin,
    people,
    members: by(({ members }) => members),
    accounts: by(({ connected, line }) => ({
      lineId: line.id,
      webhookUrl: connected.webhookUrl,
      secret: connected.secrets?.secret ?? '',
    })),
    widgetKey: sales.key,
  };
}

async function connect(
  admin: Caller,
  type: string,
  name: string,
  lineId: string,
  config: object,
): Promise<ChannelView> {
  const channel = await admin.call<ChannelView>('POST', '/channels', {
    type,
    name,
    lineId,
    config,
  });
  const { status, detail } = await admin.call<ConnectionView>(
    'POST',
    `/channels/${channel.id}/connect`,
    {},
  );
  if (status !== 'connected' && status !== 'connecting')
    throw new Error(`${name} did not connect: ${detail}`);
  return channel;
}

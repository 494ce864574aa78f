import { buildDesk } from '../../src/app/build-desk.ts';
import type { Channel } from '../../src/contract/channel.ts';
import type { CommandAnswer, CommandBody } from '../../src/contract/wire.ts';
import { runCommand } from '../../src/desk/commands/run-command.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { principalOf } from '../../src/desk/people/identify.ts';
import type { Conversation } from '../../src/domain/conversations/conversation.ts';
import type { Contact } from '../../src/domain/crm/records.ts';
import type { DomainEvent } from '../../src/domain/events/events.ts';
import type { Line } from '../../src/domain/lines/line.ts';
import type { Principal } from '../../src/domain/operators/permissions.ts';
import { channels } from '../../channels/registry.ts';
import { SetClock } from './clock.ts';
import { silentLog } from './log.ts';
import { openTestStores } from './stores.ts';

/** A customer who wrote: their talk and contact. */
export interface Customer {
  conversation: Conversation;
  contact: Contact;
}

/** A small company on a real database: one line, an administrator, two operators, customers who come by. */
export interface Sales {
  desk: Desk;
  clock: SetClock;
  line: Line;
  /** Administrator. */
  boss: Principal;
  /** Operators and members of the line. */
  ann: Principal;
  bob: Principal;
  /** Everything the bus told so far. */
  events: DomainEvent[];
  /** A new customer's talk; `owner` has it. */
  customer(options?: {
    name?: string;
    channelType?: string;
    phones?: string[];
    emails?: string[];
    owner?: Principal;
    line?: Line;
  }): Promise<Customer>;
  /** Runs a command as somebody. */
  run(who: Principal, text: string, more?: Partial<CommandBody>): Promise<CommandAnswer>;
  /** The sentences of a record's timeline, newest first. */
  timeline(kind: 'lead' | 'deal' | 'contact' | 'session', id: string): Promise<string[]>;
  newLine(change?: Partial<Line>): Promise<Line>;
  close(): Promise<void>;
}

/** Opens it. `extraChannels`: kinds beside the registry's. */
export async function openSales(extraChannels: readonly Channel[] = []): Promise<Sales> {
  const { stores, close } = await openTestStores();
  const clock = new SetClock();
  const { desk, stop } = buildDesk({
    stores,
    blobs: noBlobs,
    clock,
    log: silentLog,
    channels: [...channels, ...extraChannels],
    secretKey: 'a secret key for tests only',
    publicUrl: 'http://127.0.0.1:3000',
    allowPrivateProviderHosts: true,
  });
  const events: DomainEvent[] = [];
  desk.bus.onAny((event) => void events.push(event));

  const person = (name: string, role: string) =>
    stores.users.create({
      name,
      email: `${name.toLowerCase().replace(' ', '.')}@example.org`,
      handle: name.toLowerCase().split(' ')[0] ?? '',
      passwordHash: '',
      role,
      departmentId: null,
      timeZone: 'Europe/Berlin',
      active: true,
      maxTalks: null,
    });
  const users = [
    await person('Cleo Boss', 'administrator'),
    await person('Ann Archer', 'operator'),
    await person('Bob Baker', 'operator'),
  ] as const;
  const members = [users[1].id, users[2].id];
  const newLine = (change: Partial<Line> = {}): Promise<Line> =>
    stores.lines.create({
      key: `line-${Math.random().toString(36).slice(2)}`,
      name: 'Sales',
      queue: 'evenly',
      members,
      timeZone: 'Europe/Berlin',
      hours: {},
      holidays: [],
      offHours: { action: 'queue' },
      offerSeconds: 60,
      maxTalksPerOperator: null,
      autoLead: true,
      priority: 0,
      ...change,
    });
  const line = await newLine();
  const account = await stores.accounts.create({
    type: 'sandbox',
    name: 'Shop chat',
    lineId: line.id,
    role: 'line',
    config: {},
    status: 'connected',
    detail: '',
    stopped: false,
  });
  const [boss, ann, bob] = await Promise.all(users.map((user) => principalOf(desk, user)));
  if (!boss || !ann || !bob) throw new Error('A person is missing.');

  let chats = 0;
  return {
    desk,
    clock,
    line,
    boss,
    ann,
    bob,
    events,
    newLine,
    async customer({ name = 'Lee Customer', channelType = 'sandbox', phones = [], emails = [], ...more } = {}) {
      const chat = `chat-${++chats}`;
      const common = { accountId: account.id, channelType, at: clock.now() };
      const { contact } = await stores.contacts.findOrCreateByIdentity({
        ...common,
        externalId: chat,
        name,
        username: 'lee',
        proof: 'provider',
        phones,
        emails,
        language: null,
      });
      const { conversation } = await stores.conversations.findOrOpen({
        ...common,
        chat,
        lineId: (more.line ?? line).id,
        contactId: contact.id,
        contactName: contact.name,
        origin: null,
      });
      if (!more.owner) return { conversation, contact };
      const owned = await stores.conversations.claim(
        conversation.id,
        { sessionId: conversation.session.id, ownerId: null },
        more.owner.user.id,
        clock.now(),
        'for the test',
      );
      return { conversation: owned ?? conversation, contact };
    },
    run: (who, text, more = {}) => runCommand(desk, who, { text, ...more }),
    async timeline(kind, id) {
      const { items } = await stores.timeline.of({ kind, id }, { limit: 50 });
      return items.map(({ what }) => what);
    },
    async close() {
      await stop();
      await close();
    },
  };
}

/** No file is touched here. */
const noBlobs = new Proxy({} as Parameters<typeof buildDesk>[0]['blobs'], {
  get(_, name) {
    throw new Error(`blobs.${String(name)} was used where no file should be.`);
  },
});

import type { Channel } from '../../src/contract/channel.ts';
import type { CommandAnswer, CommandBody } from '../../src/contract/wire.ts';
import { runCommand } from '../../src/desk/commands/run-command.ts';
import type { AccountRecord } from '../../src/domain/accounts/account.ts';
import type { Conversation } from '../../src/domain/conversations/conversation.ts';
import type { Contact } from '../../src/domain/crm/records.ts';
import type { DomainEvent } from '../../src/domain/events/events.ts';
import type { Line } from '../../src/domain/lines/line.ts';
import type { Principal } from '../../src/domain/operators/permissions.ts';
import { openTestDesk } from './desk.ts';
import type { TestDesk } from './desk.ts';

/** A customer who came by: their talk and contact; nothing else has happened yet. */
export interface Customer {
  conversation: Conversation;
  contact: Contact;
}

/**
 * A small company on a real database: a line, an administrator, two operators who are offline,
 * customers.
 */
export interface Sales extends TestDesk {
  shop: Line;
  chat: AccountRecord;
  /** Administrator. */
  boss: Principal;
  /** Operators, members of the line. */
  ann: Principal;
  bob: Principal;
  /** Everything the bus told so far. */
  events: DomainEvent[];
  /** A new customer's talk; `owner` has it. `channelType` may be one that has no account. */
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
}

/** Opens it over the registry's channels or those given. */
export async function openSales(channels?: readonly Channel[]): Promise<Sales> {
  const test = await openTestDesk(channels ? { channels } : {});
  const { desk, clock } = test;
  const { stores } = desk;
  const events: DomainEvent[] = [];
  desk.bus.onAny((event) => void events.push(event));
  const boss = await test.person('Cleo', 'administrator', { online: false });
  const ann = await test.person('Ann', 'operator', { online: false });
  const bob = await test.person('Bob', 'operator', { online: false });
  const shop = await test.line('Shop', [ann, bob]);
  const chat = await stores.accounts.create({
    type: 'sandbox',
    name: 'Shop chat',
    lineId: shop.id,
    role: 'line',
    config: {},
    status: 'connected',
    detail: '',
    stopped: false,
  });

  let chats = 0;
  return {
    ...test,
    shop,
    chat,
    boss,
    ann,
    bob,
    events,
    async customer(options = {}) {
      const { name = 'Lee', channelType = 'sandbox', phones = [], emails = [] } = options;
      const at = clock.now();
      const common = { accountId: chat.id, channelType };
      const externalId = `chat-${++chats}`;
      const { contact } = await stores.contacts.findOrCreateByIdentity({
        ...common,
        externalId,
        name,
        username: 'lee',
        proof: 'provider',
        phones,
        emails,
        language: null,
        at,
      });
      const { conversation } = await stores.conversations.findOrOpen({
        ...common,
        chat: externalId,
        lineId: (options.line ?? shop).id,
        contactId: contact.id,
        contactName: contact.name,
        origin: null,
        at,
      });
      if (!options.owner) return { conversation, contact };
      const expected = { sessionId: conversation.session.id, ownerId: null };
      const owned = await stores.conversations.claim(
        conversation.id,
        expected,
        options.owner.user.id,
        at,
        'Came to their desk.',
      );
      return { conversation: owned ?? conversation, contact };
    },
    run: (who, text, more = {}) => runCommand(desk, who, { text, ...more }),
    async timeline(kind, id) {
      const { items } = await stores.timeline.of({ kind, id }, { limit: 50 });
      return items.map(({ what }) => what);
    },
  };
}

import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SetClock } from '../../../test/harness/clock.ts';
import { openTestDesk } from '../../../test/harness/desk.ts';
import type { TestDesk } from '../../../test/harness/desk.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { changeContact } from '../crm/change-contact.ts';
import { changeDeal } from '../crm/change-deal.ts';
import { changeLead } from '../crm/change-lead.ts';
import { createDeal } from '../crm/create-deal.ts';
import { createLead } from '../crm/create-lead.ts';
import { closeTalk } from '../talks/close-talk.ts';
import { reply } from '../talks/reply.ts';
import { takeTalk } from '../talks/take-talk.ts';
import { changeWebhook, removeWebhook } from './change-webhook.ts';
import { createWebhook } from './create-webhook.ts';
import { startWebhookSender } from './webhook-sender.ts';

let heard: string[] = [];
let receiver: Server;
let url: string;
let test: TestDesk;
let admin: Principal;
let account: AccountRecord;
let serial = 0;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push(String(JSON.parse(Buffer.concat(chunks).toString()).type));
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hear`;
  // Ids carry the machine's time.
  test = await openTestDesk({ clock: new SetClock(new Date()) });
  admin = await test.person('Ann', 'administrator');
  account = await test.account(await test.line('Sales', [], { autoLead: false }), 'sandbox', {
    secret: 'sandbox-secret-for-tests',
  });
});
afterAll(async () => {
  await test.close();
  receiver.close();
});
beforeEach(() => {
  heard = [];
});

/** The next second: what is older than an address is not told to it. */
const later = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 1_001));
  test.clock.set(new Date());
};
const hook = async (events: Parameters<typeof createWebhook>[2]['events'] = []) => {
  await later();
  const { id } = await createWebhook(test.desk, admin, { url, events, active: true });
  await later();
  return id;
};
/** A day's work of one talk, and of the CRM. */
const work = async (): Promise<void> => {
  const { id, contactId } = await test.write(account, `chat-${++serial}`, 'hello');
  await takeTalk(test.desk, admin, id);
  await reply(test.desk, admin, id, { text: 'hi', clientId: `key-${++serial}` });
  await closeTalk(test.desk, admin, id, 'won');
  const lead = await createLead(test.desk, admin, { name: 'Lee' });
  const deal = await createDeal(test.desk, admin, { title: 'Boats' });
  test.clock.advance(5);
  await changeLead(test.desk, admin, lead.id, { status: 'in work' });
  await changeDeal(test.desk, admin, deal.id, { title: 'Ships' });
  await changeContact(test.desk, admin, contactId, { name: 'Kim' });
  await test.desk.delivery.sweep();
};
const WORK = [
  ...['contact.changed', 'conversation.assigned', 'conversation.closed', 'conversation.created'],
  ...['conversation.opened', 'deal.changed', 'deal.created', 'lead.changed', 'lead.created'],
];
/** What a process that begins after the crash tells. */
const afterwards = async (): Promise<string[]> => {
  const sender = startWebhookSender(test.desk);
  await sender.lookThrough();
  await sender.idle();
  await sender.stop();
  return [...heard].sort();
};
const without = (prefix: string) => heard.filter((name) => !name.startsWith(prefix)).sort();

describe('what a process stored before it died, and told nobody', () => {
  it('is told by the next one, all of it, once', async () => {
    const id = await hook();
    await work();
    await afterwards();
    expect(without('message.')).toEqual(WORK);
    // The customer's message, the answer, and what happened to the talk.
    const messages = heard.filter((name) => name === 'message.created');
    expect(messages.length).toBeGreaterThanOrEqual(4);
    heard = [];
    expect(await afterwards()).toEqual([]);
    await removeWebhook(test.desk, admin, id);
  });

  it('is not told again when it was told at once', async () => {
    const id = await hook();
    const sender = startWebhookSender(test.desk);
    await work();
    await sender.idle();
    const atOnce = [...heard];
    expect(without('message.').filter((name) => name !== 'contact.changed')).toEqual(WORK.slice(1));
    await sender.lookThrough();
    await sender.idle();
    await sender.stop();
    expect(heard).toEqual(atOnce);
    expect(await afterwards()).toEqual(atOnce.sort());
    await removeWebhook(test.desk, admin, id);
  });

  it('is told to whoever wants to hear of it, of what happened since they did', async () => {
    await work();
    const id = await hook(['conversation.closed']);
    expect(await afterwards()).toEqual([]);
    await work();
    expect(await afterwards()).toEqual(['conversation.closed']);
    await changeWebhook(test.desk, admin, id, { active: false });
    await work();
    await later();
    await changeWebhook(test.desk, admin, id, { active: true });
    heard = [];
    expect(await afterwards()).toEqual([]);
    await removeWebhook(test.desk, admin, id);
  });

  it('costs nothing where nobody listens', async () => {
    await work();
    const before = await test.desk.stores.webhooks.lookedUntil();
    expect(await afterwards()).toEqual([]);
    expect(await test.desk.stores.webhooks.lookedUntil()).toEqual(before);
  });
});

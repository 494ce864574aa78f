import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLog } from '../../../test/harness/log.ts';
import { freshDatabaseUri } from '../../../test/harness/stores.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { FlowPlan } from '../../domain/conversations/flow-plan.ts';
import type { MessageDraft } from '../../domain/conversations/message.ts';
import type { Contact, Deal, Lead } from '../../domain/crm/records.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Stores } from '../../domain/stores.ts';
import { newId } from './documents.ts';
import type { Doc } from './documents.ts';
import { runMigrations } from './migrations/run-migrations.ts';
import { storesOver } from './open-stores.ts';

let connection: mongoose.Connection;
let stores: Stores;
/** Every command that a repository sends, as the driver shows it. */
const sent: { name: string; command: Doc }[] = [];

beforeAll(async () => {
  connection = await mongoose
    .createConnection(freshDatabaseUri(), {
      ...{ monitorCommands: true, ignoreUndefined: true, autoIndex: false, autoCreate: false },
    })
    .asPromise();
  await runMigrations(connection, { backup: async () => {}, log: silentLog });
  stores = storesOver(connection);
  connection.getClient().on('commandStarted', ({ commandName, command }) => {
    sent.push({ name: commandName, command });
  });
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

/** The parts of a command that search: what `explain` takes, one by one. */
function searches({ name, command }: { name: string; command: Doc }): Doc[] {
  const { lsid: _l, $db: _d, $clusterTime: _c, txnNumber: _t, ...rest } = command;
  const each = (list: string): Doc[] =>
    (rest[list] as Doc[]).map((one) => ({ [name]: rest[name], [list]: [one] }));
  const kinds: Record<string, () => Doc[]> = {
    find: () => [rest],
    aggregate: () => [rest],
    distinct: () => [rest],
    findAndModify: () => [rest],
    update: () => each('updates'),
    delete: () => each('deletes'),
  };
  return kinds[name]?.() ?? [];
}

/** Stages of the plan the database would take. */
async function stagesOf(search: Doc): Promise<string[]> {
  const plan = await connection.db?.command({ explain: search, verbosity: 'queryPlanner' });
  const winning: string[] = [];
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'rejectedPlans') continue;
      if (key === 'stage' && typeof inner === 'string') winning.push(inner);
      else walk(inner);
    }
  };
  walk(plan);
  return winning;
}

const id = () => String(newId());
const at = new Date();
const page = { limit: 10 };
const cursor = Buffer.from(JSON.stringify([{ t: at.getTime() }, id()])).toString('base64url');
const next = { limit: 10, cursor };
const nextById = {
  limit: 10,
  cursor: Buffer.from(JSON.stringify([null, id()])).toString('base64url'),
};
const nextByName = {
  limit: 10,
  cursor: Buffer.from(JSON.stringify(['ann', id()])).toString('base64url'),
};
const mine = { lineIds: [id(), id()], ownerId: id() };
const change = { state: 'sent', detail: '', externalIds: ['x'] } as const;
const session = { sessionId: id(), ownerId: id() };
const actor = { kind: 'user', id: id(), name: 'Ann' } as const;
const unwritten = { id: id(), at, sessionId: id(), change: null, decisions: [] };

/** Records that are there, so that changes of them search too. */
let talk: Conversation;
let known: Contact;
let knownLead: Lead;
let knownDeal: Deal;
let knownUser: User;
const lead: Parameters<Stores['leads']['create']>[0] = {
  ...{ name: 'Ann', status: 'new', contactId: null, ownerId: null, conversationId: null, note: '' },
  source: { channel: 'x', lineId: null, accountId: null, origin: null },
};
const draft: MessageDraft = {
  ...{
    conversationId: id(),
    accountId: id(),
    sessionId: id(),
    direction: 'in',
    text: '',
    marks: [],
  },
  ...{ parts: [], author: actor, at, key: 'x', clientId: null, externalIds: [], replyTo: null },
  ...{ albumId: null, forwardedFrom: null, event: null, buttons: [], delivery: null },
};
beforeAll(async () => {
  const opened = await stores.conversations.findOrOpen({
    ...{ accountId: id(), channelType: 'x', chat: 'known', lineId: id(), contactId: id() },
    ...{ contactName: 'Ann', origin: null, at },
  });
  talk = opened.conversation;
  known = await stores.contacts.create({
    ...{ name: 'Ann', phones: [], emails: [], language: null, companyId: null, ownerId: null },
    ...{ avatarId: null, note: '' },
  });
  knownLead = await stores.leads.create(lead, at);
  knownDeal = await stores.deals.create(
    {
      ...{ title: 'x', pipelineId: id(), stageId: 'x', amount: { minor: 1, currency: 'EUR' } },
      ...{ contactId: null, companyId: null, ownerId: null, conversationId: null, state: 'open' },
    },
    at,
  );
  knownUser = await stores.users.create({
    ...{
      name: 'Ann',
      email: 'known@example.com',
      handle: 'known',
      passwordHash: '',
      role: 'operator',
    },
    ...{ departmentId: null, timeZone: 'UTC', active: true, maxTalks: null },
  });
});

const plan: FlowPlan = { step: 1, seenSeq: 0, runs: [], tasks: [], wakeAt: at };

/** Calls that a person or a message waits for, each of which must be served by an index. */
const CALLS: Record<string, (stores: Stores) => Promise<unknown>[]> = {
  accounts: ({ accounts }) => [
    accounts.get(id()),
    accounts.ofLine(id()),
    accounts.change(id(), { name: 'x' }),
    accounts.setStatus(id(), 'connected', ''),
    accounts.saveCursor(id(), 'x'),
    accounts.touch(id(), at),
    accounts.remove(id()),
  ],
  flows: ({ flows }) => [
    flows.begin(id(), id(), plan, true),
    flows.step(id(), id(), plan, true),
    flows.done(id(), id(), 1, at),
    flows.rate(id(), id(), { score: 5, comment: null, at }),
    flows.consent(id(), id(), { text: 'x', at }),
    flows.due(at, 10),
    flows.ahead(id(), at),
  ],
  'composed flows': ({ composedFlows }) => [
    composedFlows.get(id()),
    composedFlows.all(),
    composedFlows.change(id(), 1, { name: 'x' }, at),
    composedFlows.archive(id(), at),
    composedFlows.newest(id()),
    composedFlows.version(id(), 1),
    composedFlows.versions(id(), page),
  ],
  targets: ({ targets }) => [
    targets.write(id(), id(), 0, [], at),
    targets.due(at, 10),
    targets.silent(id(), at, 10),
  ],
  drafts: ({ drafts }) => [
    drafts.ofUser(id()),
    drafts.save({ userId: id(), conversationId: id(), text: 'x', note: false, updatedAt: at }),
    drafts.remove(id(), id()),
  ],
  scheduled: ({ scheduled }) => [
    scheduled.get(id()),
    scheduled.ofConversation(id()),
    scheduled.cancel(id(), at),
    scheduled.change(id(), at, { body: { text: 'x' }, sendAt: at }),
    scheduled.leaseDue(at, at),
    scheduled.settle(id(), 'sent', ''),
  ],
  canned: ({ canned }) => [
    canned.get(id()),
    canned.byShortcut('x'),
    canned.change(id(), { title: 'x' }, at),
    canned.remove(id()),
  ],
  lines: ({ lines }) => [
    lines.leaseCalendar(at, at),
    lines.get(id()),
    lines.byKey('x'),
    lines.all(),
    lines.ofMember(id()),
    lines.change(id(), { name: 'x' }),
    lines.turns(id()),
    lines.recordTurn(id(), id(), at),
  ],
  conversations: ({ conversations }) => [
    conversations.get(id()),
    conversations.findOrOpen({
      ...{ accountId: id(), channelType: 'x', chat: 'x', lineId: id(), contactId: id() },
      ...{ contactName: 'Ann', origin: null, at },
    }),
    conversations.many([id(), id()]),
    conversations.byChat(id(), 'x'),
    Promise.all([
      conversations.byChat(id(), 'x'),
      conversations.byChat(id(), 'y'),
      conversations.byChat(id(), 'z'),
    ]),
    conversations.reopen(id(), at),
    conversations.claim(id(), session, id(), at, ''),
    conversations.release(id(), session, at, ''),
    conversations.close(id(), session, at, null, null),
    conversations.claim(id(), session, id(), at, '', { answerBy: at, unanswered: { since: at } }),
    conversations.reopen(id(), at, id()),
    conversations.join(id(), id(), id(), 'guests'),
    conversations.leave(id(), id(), id()),
    conversations.setTags(id(), [], ['vip']),
    conversations.pin(id(), id(), true),
    conversations.merge(id(), { into: id(), at, by: { id: id(), name: 'Ann' } }),
    conversations.unmerge(id(), id()),
    conversations.goOn(id(), session, id(), at),
    conversations.mergedInto(id()),
    conversations.bump(id(), {
      seq: 1,
      unread: 'add',
      lastMessage: { text: '', at, direction: 'in' },
    }),
    Promise.all(
      [1, 2, 3].map((seq) => conversations.bump(id(), { seq, unread: 'keep', firstAnswerAt: at })),
    ),
    conversations.markRead(id()),
    conversations.setBlocked(id(), true),
    conversations.note(id(), unwritten),
    conversations.written(id(), id()),
    conversations.withUnwritten(at, 10),
    conversations.setLead(id(), id()),
    conversations.setChat(id(), 'x'),
    conversations.renameContact(id(), 'x'),
    conversations.waiting(id(), 10),
    conversations.linesWithWaiting(),
    conversations.loads([id(), id()], id()),
    conversations.countsByLine([id(), id()]),
    conversations.ofContact(id()),
    conversations.list({ contactId: id() }, mine, page),
    conversations.list({ q: 'ann', state: 'open' }, mine, next),
  ],
  queue: ({ queue }) => [
    queue.ready(id(), [id()], 10),
    queue.occupancy([id(), id()]),
    queue.offer(id(), session, { operatorId: id(), at, until: at, why: '' }, id()),
    queue.endOffer(id(), { ...session, until: at }, [id()]),
    queue.decline(id(), session, id()),
    queue.rest(id(), session, at, ''),
    queue.beginRound(id(), session),
    queue.keep(id(), session, at),
    queue.wait(id(), session, '', 'busy'),
    queue.snooze(id(), session, at),
    queue.wake(id(), session),
    queue.clearTimer(id(), { ...session, at }),
    queue.move(id(), session, { lineId: id(), at, why: '', tried: [] }),
    queue.untold(10),
    queue.forRoles(id(), 10),
    queue.linesForRoles(),
    queue.due(at, 10),
    queue.nextTimer(),
  ],
  seats: ({ seats }) => [
    seats.many([id(), id()]),
    seats.hold(id(), 3, { id: 'x', conversationId: id(), lineId: id(), until: at }, at),
    seats.release(id(), 'x'),
  ],
  messages: ({ messages }) => [
    messages.append(draft, 0).then(() => messages.append(draft, 0)),
    messages.get(id()),
    messages.byKey(id(), 'x'),
    messages.byExternalId(id(), 'x'),
    messages.after(id(), 3, 10),
    messages.before(id(), 3, 10),
    messages.before(id(), Infinity, 10),
    messages.changedSince(id(), at, 10, 10),
    messages.edit(id(), 'x', [], at),
    messages.remove(id(), at),
    messages.setReactions(id(), actor, ['x'], at),
    messages.touch(id(), at),
    messages.replyAfter(id(), 3, id()),
    messages.lastReply(id(), id()),
  ],
  outbox: ({ outbox }) => [
    outbox.next(id()),
    outbox.lease(id(), 'w', at, at),
    outbox.renew(id(), 'w', at),
    outbox.settle(id(), 'w', change, at),
    outbox.due(at, [id()], 10),
    outbox.stale(at, [id()], 10),
    outbox.giveUp(id(), '', at),
    outbox.abandoned(at, 10),
    outbox.recover(id(), change, at),
    outbox.requeue(id(), at),
    outbox.cancel(id(), at),
    outbox.receipt(id(), 'x', 'read', true, at, ''),
    outbox.list(['failed', 'uncertain'], [id()], page),
    outbox.list(['failed'], null, nextById),
    outbox.wake(id(), at),
  ],
  'what came in': ({ inboundLog, quarantine }) => [
    inboundLog.applied(id(), at),
    inboundLog.failedOnce(id()),
    inboundLog.quarantined(id(), at),
    inboundLog.pending(at, 10),
    quarantine.get(id()),
    quarantine.setState(id(), 'held', 'dismissed'),
    quarantine.list('held', page),
    quarantine.list(null, nextById),
  ],
  files: ({ files }) => [
    files.get(id()),
    files.many([id()]),
    files.attach([id()], id(), id()),
    files.leaseDue(at, at),
    files.settle(id(), { state: 'ready' }),
    files.retry(id(), at),
  ],
  'sessions and decisions': ({ sessions, decisions }) => [
    sessions.ofConversation(id()),
    sessions.score(id(), { score: 4, comment: null, by: { id: id(), name: 'Sue' }, at }),
    sessions.archive(talk),
    decisions.record({
      ...{
        id: id(),
        at,
        conversationId: id(),
        sessionId: id(),
        act: 'wait',
        operatorId: null,
        why: '',
        excluded: [],
      },
    }),
    decisions.ofConversation(id(), nextById),
  ],
  presence: ({ users, devices }) => [
    users.reckon(id(), 0, null, at),
    users.reckon(id(), 7, null, null),
    users.dueLooks(at, 50),
    users.nextLook(),
    users.lookAtAll(at),
    devices.arrive({ userId: id(), key: 'x', kind: 'browser', name: '', signInId: null }, at),
    devices.introduce({ userId: id(), key: 'x', kind: 'phone', name: '', signInId: null }, at),
    devices.beat([id()], at),
    devices.active(id(), at),
    devices.leave(id(), at),
    devices.expire(at, 1),
    devices.ofUser(id()),
    devices.ofUsers([id(), id()]),
    devices.pushable([id(), id()]),
    devices.setPush(id(), null),
    devices.dropPush('x'),
    devices.remove(id(), id()),
  ],
  people: ({ users, signIns, tokens, throttle, roles }) => [
    users.get(id()),
    users.many([id()]),
    users.byEmail('x'),
    users.byHandle('x'),
    users.anyAdministrator(),
    users.ofRole('x'),
    users.list({}, page),
    users.list({ active: true }, nextByName),
    users.list({ q: 'ann' }, page),
    users.change(knownUser.id, { name: 'x' }),
    users.setPresence(id(), 'online', at),
    signIns.byKeyHash('x'),
    signIns.seen(id(), at, at),
    signIns.remove(id()),
    signIns.removeOfUser(id()),
    tokens.byKeyHash('x'),
    tokens.ofUser(id()),
    tokens.used(id(), at),
    tokens.remove(id(), id()),
    throttle.hit('x', 1000, at),
    throttle.clear('x'),
    roles.get(id()),
  ],
  departments: ({ departments }) => [
    departments.get(id()),
    departments.people(id()),
    departments.rename(id(), 'x'),
    departments.remove(id()),
  ],
  crm: ({ contacts, leads, deals, timeline }) => [
    contacts.get(id()),
    contacts.byNumber(1),
    contacts.many([id()]),
    contacts.identities(id()),
    contacts.identitiesOf([id(), id()]),
    contacts.findOrCreateByIdentity({
      ...{
        accountId: id(),
        channelType: 'x',
        externalId: 'x',
        name: 'Ann',
        username: null,
        language: null,
      },
      ...{ proof: 'claimed', phones: [], emails: [], at },
    }),
    contacts.addWays(known.id, ['+4930'], ['a@b.co']),
    contacts.change(known.id, { name: 'x' }),
    contacts.list({}, page),
    contacts.list({ q: 'ann lee' }, nextById),
    contacts.list({ q: '+49 30 1234', ownerIds: [id(), id()] }, page),
    contacts.list({ ownerIds: [id(), id()] }, page),
    leads.get(id()),
    leads.findOrCreateOpen({ ...lead, contactId: id() }, at),
    leads.change(knownLead.id, { note: 'x' }, at),
    leads.byNumber(1),
    leads.openOfContact(id()),
    leads.list({}, page),
    leads.list({ status: 'new' }, nextById),
    leads.list({ ownerIds: [id(), id()] }, page),
    leads.list({ contactId: id() }, page),
    leads.list({ q: 'ann' }, page),
    deals.get(id()),
    deals.change(knownDeal.id, { title: 'x' }, at),
    deals.byNumber(1),
    deals.list({}, page),
    deals.list({ state: 'open' }, nextById),
    deals.list({ stageId: 'x' }, page),
    deals.list({ ownerIds: [id()], contactId: id() }, page),
    deals.list({ q: 'ann' }, page),
    timeline.of({ kind: 'lead', id: id() }, next),
  ],
  happened: ({ happened }) => [
    happened.messages(at).next(),
    happened.changedMessages(at).next(),
    happened.conversations(at).next(),
    happened.entries(['lead', 'deal'], at).next(),
  ],
  integration: ({ webhooks, settings, audit, visitors, buttonTokens }) => [
    webhooks.get(id()),
    webhooks.change(id(), { active: true }),
    webhooks.remove(id()),
    webhooks.leaseDue(at, at),
    webhooks.settle(id(), { state: 'sent', attempts: 1, status: 200, detail: '', nextAt: at }),
    webhooks.replay(id(), id(), at),
    webhooks.calls(id(), nextById),
    webhooks.told(id(), ['x', 'y']),
    webhooks.toldBetween(id(), 'x', 'y'),
    webhooks.lookedUntil(),
    webhooks.setLookedUntil(at),
    settings.read(),
    audit.list(nextById),
    visitors.byKeyHash('x'),
    visitors.change('x', { name: 'x' }),
    visitors.remove('x'),
    buttonTokens.get('x'),
    buttonTokens.save([
      { token: 'x', conversationId: id(), messageId: id(), label: '', value: '', createdAt: at },
    ]),
    settings.change({ language: 'de' }),
  ],
};

/** Runs the calls and answers the plan of each search they sent. */
async function plansOf(
  calls: (stores: Stores) => Promise<unknown>[],
): Promise<[string, string[]][]> {
  sent.length = 0;
  await Promise.all(calls(stores));
  const asked = sent.splice(0).flatMap(searches);
  expect(asked.length).toBeGreaterThan(0);
  const plans: [string, string[]][] = [];
  for (const search of asked) plans.push([JSON.stringify(search), await stagesOf(search)]);
  return plans;
}

it.each(Object.entries(CALLS))('reads no collection to the end for %s', async (_name, calls) => {
  for (const [search, stages] of await plansOf(calls)) {
    expect(stages.length, search).toBeGreaterThan(0);
    expect(stages, search).not.toContain('COLLSCAN');
  }
});

it('reads lists of talks in the order of an index, whoever may see what', async () => {
  const filters = [
    {},
    { state: 'waiting' },
    { lineId: id() },
    { ownerIds: [id(), id()], state: 'open' },
    { ownerIds: [mine.ownerId] },
    { lineId: mine.lineIds[0] ?? '' },
    { accountId: id() },
    { tag: 'vip' },
    { tag: 'vip', state: 'open', lineId: id() },
  ] as const;
  const plans = await plansOf(({ conversations }) =>
    filters.flatMap((filter) => [
      conversations.list(filter, null, page),
      conversations.list(filter, mine, page),
      conversations.list(filter, mine, next),
      conversations.list(filter, mine, { ...next, reversed: true }),
    ]),
  );
  for (const [search, stages] of plans) {
    expect(stages, search).not.toContain('COLLSCAN');
    expect(stages, search).not.toContain('SORT');
  }
});

it('takes work in the order of an index: the queue, the outbox, what came in, one talk', async () => {
  const plans = await plansOf(
    ({ conversations, outbox, inboundLog, messages, files, webhooks, ...rest }) => [
      rest.flows.due(at, 10),
      rest.targets.due(at, 10),
      rest.targets.silent(id(), at, 10),
      rest.scheduled.leaseDue(at, at),
      rest.scheduled.ofConversation(id()),
      conversations.waiting(id(), 10),
      outbox.next(id()),
      outbox.due(at, [id()], 10),
      outbox.stale(at, [id()], 10),
      outbox.abandoned(at, 10),
      inboundLog.pending(at, 10),
      messages.after(id(), 3, 10),
      messages.before(id(), 3, 10),
      messages.changedSince(id(), at, 10, 10),
      messages.replyAfter(id(), 3, id()),
      messages.lastReply(id(), id()),
      files.leaseDue(at, at),
      webhooks.leaseDue(at, at),
    ],
  );
  for (const [search, stages] of plans) {
    expect(stages, search).toContain('IXSCAN');
    expect(stages, search).not.toContain('SORT');
  }
});

it('notices a search without an index', async () => {
  const [plan] = await plansOf(() => [
    connection.db?.collection('leads').findOne({ note: 'x' }) ?? Promise.reject(),
  ]);
  expect(plan?.[1]).toContain('COLLSCAN');
});

/** Tens of documents, by the nature of the thing: read whole. */
const SMALL = [
  'accounts.all',
  'accounts.list',
  'roles.all',
  'webhooks.all',
  'deals.pipelines',
  'canned.all',
  'departments.all',
];
/** These write what is new and search nothing. */
const WRITES = [
  ...[
    'accounts.create',
    'lines.create',
    'files.create',
    'users.create',
    'departments.create',
    'signIns.create',
    'tokens.create',
  ],
  ...['contacts.create', 'leads.create', 'deals.create', 'deals.createPipeline', 'webhooks.create'],
  ...['visitors.create', 'inboundLog.store', 'quarantine.hold', 'webhooks.enqueue'],
  ...['timeline.record', 'audit.record', 'scheduled.create', 'canned.create'],
  ...['composedFlows.create', 'composedFlows.publish'],
];

it('knows every method of every repository', () => {
  const tested = Object.values(CALLS).map(String).join('\n');
  const unknown = Object.entries(stores)
    .flatMap(([store, methods]) =>
      Object.keys(methods as object).map((method) => `${store}.${method}`),
    )
    .filter(
      (call) => !tested.includes(`${call}(`) && !SMALL.includes(call) && !WRITES.includes(call),
    );
  expect(unknown).toEqual([]);
});

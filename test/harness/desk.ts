import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { channels as allChannels } from '../../channels/registry.ts';
import { buildDesk } from '../../src/app/build-desk.ts';
import type { Channel } from '../../src/contract/channel.ts';
import type { BuiltInRole } from '../../src/contract/rights.ts';
import type { Desk } from '../../src/desk/desk.ts';
import type { Conversation } from '../../src/domain/conversations/conversation.ts';
import type { AccountRecord } from '../../src/domain/accounts/account.ts';
import type { Line } from '../../src/domain/lines/line.ts';
import { BUILT_IN_ROLES } from '../../src/domain/operators/permissions.ts';
import type { Principal } from '../../src/domain/operators/permissions.ts';
import { makePushKeys } from '../../src/engine/push/keys.ts';
import { localBlobs } from '../../src/storage/files/local-blobs.ts';
import { SetClock } from './clock.ts';
import { silentLog } from './log.ts';
import { openTestStores } from './stores.ts';

/** A whole desk without a web server, on a database of its own and a clock that is set. */
export interface TestDesk {
  desk: Desk;
  clock: SetClock;
  /** Opens the accounts and takes up what is left, as at a start. */
  start(): Promise<void>;
  person(
    name: string,
    role?: BuiltInRole,
    more?: { online?: boolean; maxTalks?: number },
  ): Promise<Principal>;
  line(name: string, members: readonly Principal[], more?: Partial<Line>): Promise<Line>;
  account(line: Line | null, type: string, config: Record<string, unknown>): Promise<AccountRecord>;
  /** A customer's message, all the way in; answers the talk after it is applied. */
  write(account: AccountRecord, chat: string, text: string): Promise<Conversation>;
  close(): Promise<void>;
}

let serial = 0;

/** Builds it over all channels, or those given. */
export async function openTestDesk(
  options: { channels?: readonly Channel[]; clock?: SetClock } = {},
): Promise<TestDesk> {
  const { stores, close } = await openTestStores();
  const folder = mkdtempSync(path.join(tmpdir(), 'openline-desk-'));
  const clock = options.clock ?? new SetClock();
  const built = buildDesk({
    stores,
    blobs: localBlobs(folder),
    clock,
    log: silentLog,
    channels: options.channels ?? allChannels,
    secretKey: 'a secret key for tests only',
    pushKeys: makePushKeys(),
    publicUrl: 'http://127.0.0.1:3000',
    allowPrivateProviderHosts: true,
  });
  const { desk } = built;
  return {
    desk,
    clock,
    async start() {
      await built.recover();
      await built.start();
    },
    async person(name, role = 'operator', { online = true, maxTalks } = {}) {
      serial++;
      const created = await stores.users.create({
        name,
        email: `${name.toLowerCase().replaceAll(' ', '.')}.${serial}@example.org`,
        handle: name.toLowerCase().replaceAll(' ', '.'),
        passwordHash: 'none',
        role,
        departmentId: null,
        timeZone: 'Europe/Berlin',
        active: true,
        maxTalks: maxTalks ?? null,
      });
      const user =
        (await stores.users.setPresence(created.id, online ? 'online' : 'offline', clock.now())) ??
        created;
      return { user, grants: BUILT_IN_ROLES[role].grants, lineIds: [] };
    },
    async line(name, members, more = {}) {
      serial++;
      const line = await stores.lines.create({
        key: `key-${serial}`,
        name,
        queue: 'evenly',
        members: members.map(({ user }) => user.id),
        timeZone: 'Europe/Berlin',
        hours: {},
        holidays: [],
        offHours: { action: 'queue' },
        offerSeconds: 60,
        maxTalksPerOperator: null,
        autoLead: true,
        priority: 0,
        ...more,
      });
      for (const member of members) member.lineIds = [...member.lineIds, line.id];
      return line;
    },
    async account(line, type, config) {
      const record = await stores.accounts.create({
        type,
        name: `${type} ${++serial}`,
        lineId: line?.id ?? null,
        role: 'line',
        config,
        status: 'connecting',
        detail: '',
        stopped: false,
      });
      await desk.accounts.connect(record.id);
      return record;
    },
    async write(account, chat, text) {
      serial++;
      await desk.ingress.accept(
        account.id,
        {
          events: [
            {
              type: 'message',
              id: `event-${serial}`,
              messageId: `message-${serial}`,
              at: clock.now(),
              chat: { id: chat, kind: 'private' },
              from: { id: chat, name: `Customer ${chat}`, proof: 'provider' },
              parts: [{ kind: 'text', text }],
            },
          ],
        },
        null,
      );
      await desk.ingress.idle();
      await desk.router.idle();
      const conversation = await stores.conversations.byChat(account.id, chat);
      if (!conversation) throw new Error('The talk was not made.');
      return conversation;
    },
    async close() {
      await built.stop();
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

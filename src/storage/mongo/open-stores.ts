import mongoose from 'mongoose';
import type { Log } from '../../base/log.ts';
import { messageOf } from '../../base/errors.ts';
import type { Stores } from '../../domain/stores.ts';
import { mongoAccounts } from './account-store.ts';
import { mongoAudit } from './audit-store.ts';
import { mongoButtonTokens } from './button-token-store.ts';
import { mongoComposedFlows } from './composed-flow-store.ts';
import { mongoContacts } from './contact-store.ts';
import { mongoConversations } from './conversation-store.ts';
import { mongoDeals } from './deal-store.ts';
import { mongoDevices } from './device-store.ts';
import { mongoDepartments } from './department-store.ts';
import { mongoDecisions } from './decision-store.ts';
import { mongoDrafts } from './draft-store.ts';
import { mongoFiles } from './file-store.ts';
import { mongoFlows } from './flow-store.ts';
import { mongoHappened } from './happened-store.ts';
import { mongoInboundLog } from './inbound-log.ts';
import { mongoLeads } from './lead-store.ts';
import { mongoLines } from './line-store.ts';
import { mongoMessages } from './message-store.ts';
import { mongoOutbox } from './outbox-store.ts';
import { mongoQuarantine } from './quarantine-store.ts';
import { mongoQueue } from './queue-store.ts';
import { mongoRoles } from './role-store.ts';
import { mongoSeats } from './seat-store.ts';
import { mongoSessions } from './session-store.ts';
import { mongoSettings } from './settings-store.ts';
import { mongoSignIns } from './sign-in-store.ts';
import { mongoCanned } from './canned-store.ts';
import { mongoScheduled } from './scheduled-store.ts';
import { mongoTargets } from './target-store.ts';
import { bindTables } from './tables.ts';
import { mongoThrottle } from './throttle-store.ts';
import { mongoTimeline } from './timeline-store.ts';
import { mongoTokens } from './token-store.ts';
import { mongoUsers } from './user-store.ts';
import { mongoVisitors } from './visitor-store.ts';
import { mongoWebhooks } from './webhook-store.ts';

/** The repositories, and the connection they share: agenda, migrations and backup use it too. */
interface OpenStores {
  stores: Stores;
  connection: mongoose.Connection;
  close(): Promise<void>;
}

/**
 * Connects to the database of `uri` within 10 s and binds the repositories to it. Throws a sentence when nobody answers.
 * Makes no indexes: `runMigrations` does.
 */
export async function openStores({ uri, log }: { uri: string; log: Log }): Promise<OpenStores> {
  const connection = mongoose.createConnection(uri, {
    autoIndex: false,
    autoCreate: false,
    // A field that is undefined is not there; it does not become null.
    ignoreUndefined: true,
    serverSelectionTimeoutMS: 10_000,
    // The client's own pool; writes are coalesced, so few connections carry much.
    maxPoolSize: 32,
  });
  try {
    await connection.asPromise();
  } catch (error) {
    // The address may hold a password: the driver's sentence alone goes on.
    throw new Error(`The database does not answer: ${messageOf(error)}. Check MONGODB_URI.`);
  }
  connection.on('error', (error: unknown) => {
    log.error({ reason: messageOf(error) }, 'The database connection has failed');
  });
  const outOfReach = () => log.warn({}, 'The database is out of reach');
  connection.on('disconnected', outOfReach);
  connection.on('reconnected', () => log.info({}, 'The database is back'));
  const close = (): Promise<void> => {
    connection.off('disconnected', outOfReach);
    return connection.close();
  };
  return { connection, stores: storesOver(connection), close };
}

/** All repositories over one open connection. */
export function storesOver(connection: mongoose.Connection): Stores {
  const tables = bindTables(connection);
  return {
    accounts: mongoAccounts(tables),
    lines: mongoLines(tables),
    conversations: mongoConversations(tables),
    queue: mongoQueue(tables),
    seats: mongoSeats(tables),
    flows: mongoFlows(tables),
    composedFlows: mongoComposedFlows(tables),
    targets: mongoTargets(tables),
    scheduled: mongoScheduled(tables),
    drafts: mongoDrafts(tables),
    canned: mongoCanned(tables),
    sessions: mongoSessions(tables),
    decisions: mongoDecisions(tables),
    messages: mongoMessages(tables),
    outbox: mongoOutbox(tables),
    files: mongoFiles(tables),
    inboundLog: mongoInboundLog(tables),
    quarantine: mongoQuarantine(tables),
    users: mongoUsers(tables),
    departments: mongoDepartments(tables),
    devices: mongoDevices(tables),
    signIns: mongoSignIns(tables),
    tokens: mongoTokens(tables),
    roles: mongoRoles(tables),
    throttle: mongoThrottle(tables),
    contacts: mongoContacts(tables),
    leads: mongoLeads(tables),
    deals: mongoDeals(tables),
    timeline: mongoTimeline(tables),
    webhooks: mongoWebhooks(tables),
    happened: mongoHappened(tables),
    settings: mongoSettings(tables),
    audit: mongoAudit(tables),
    visitors: mongoVisitors(tables),
    buttonTokens: mongoButtonTokens(tables),
  };
}

import type { Routes } from '../endpoint/endpoint.ts';
import { cannedRoutes } from './canned.ts';
import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { contactRoutes } from './contacts.ts';
import { conversationRoutes } from './conversations.ts';
import { dealRoutes } from './deals.ts';
import { departmentRoutes } from './departments.ts';
import { deviceRoutes } from './devices.ts';
import { absenceRoutes } from './absences.ts';
import { fileRoutes } from './files.ts';
import { flowRoutes } from './flows.ts';
import { leadRoutes } from './leads.ts';
import { lineRoutes } from './lines.ts';
import { messageRoutes } from './messages.ts';
import { operationRoutes } from './operations.ts';
import { searchRoutes } from './search.ts';
import { sessionRoutes } from './session.ts';
import { settingsRoutes } from './settings.ts';
import { setupRoutes } from './setup.ts';
import { talkActRoutes } from './talk-acts.ts';
import { timelineRoutes } from './timeline.ts';
import { tokenRoutes } from './tokens.ts';
import { userRoutes } from './users.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every resource of `/api/v1`. */
export const allRoutes: readonly Routes[] = [
  setupRoutes,
  sessionRoutes,
  tokenRoutes,
  userRoutes,
  departmentRoutes,
  absenceRoutes,
  deviceRoutes,
  lineRoutes,
  flowRoutes,
  channelRoutes,
  conversationRoutes,
  talkActRoutes,
  messageRoutes,
  cannedRoutes,
  fileRoutes,
  operationRoutes,
  webhookRoutes,
  settingsRoutes,
  contactRoutes,
  leadRoutes,
  dealRoutes,
  timelineRoutes,
  searchRoutes,
  commandRoutes,
];

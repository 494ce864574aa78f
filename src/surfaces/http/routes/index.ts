import type { Routes } from '../endpoint/endpoint.ts';
import { fileRoutes } from './files.ts';
import { lineRoutes } from './lines.ts';
import { sessionRoutes } from './session.ts';
import { settingsRoutes } from './settings.ts';
import { setupRoutes } from './setup.ts';
import { tokenRoutes } from './tokens.ts';
import { userRoutes } from './users.ts';

/** Every resource of `/api/v1`. */
export const allRoutes: readonly Routes[] = [
  setupRoutes,
  sessionRoutes,
  tokenRoutes,
  userRoutes,
  lineRoutes,
  fileRoutes,
  settingsRoutes,
];

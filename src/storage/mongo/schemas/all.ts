import type { Schema } from 'mongoose';
import * as answers from './answers.ts';
import * as crm from './crm.ts';
import * as flows from './flows.ts';
import * as integration from './integration.ts';
import * as lines from './lines.ts';
import * as messages from './messages.ts';
import * as people from './people.ts';
import * as talks from './talks.ts';

const all = {
  ...people,
  ...lines,
  ...talks,
  ...messages,
  ...crm,
  ...integration,
  ...answers,
  ...flows,
};

/** Every collection there is. */
export type TableName = keyof typeof all;
/** Collection name → its schema: shape and indexes. */
export const SCHEMAS: Readonly<Record<TableName, Schema>> = all;

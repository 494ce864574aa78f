import { away, devices, notices } from './away.ts';
import { acts, merge, when } from './acts.ts';
import { board } from './board.ts';
import { bulk } from './bulk.ts';
import { crm, troubles } from './crm.ts';
import { flows } from './flows.ts';
import { gate } from './gate.ts';
import { general } from './general.ts';
import { keys, palette } from './keys.ts';
import { settings } from './settings.ts';
import { sessions, targets } from './targets.ts';
import { composer, scope, talks } from './talks.ts';

/** English. */
export const en = {
  ...general,
  gate,
  away,
  devices,
  notices,
  talks,
  scope,
  acts,
  merge,
  bulk,
  when,
  targets,
  sessions,
  board,
  composer,
  crm,
  troubles,
  settings,
  flows,
  keys,
  palette,
};

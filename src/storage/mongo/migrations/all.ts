import { begin } from './0001-begin.ts';
import { queuePlaces } from './0002-queue-places.ts';
import { flowsAndTargets } from './0003-flows-and-targets.ts';
import { composedFlows } from './0004-composed-flows.ts';
import { presence } from './0005-presence.ts';
import { mergedTalks } from './0006-merged-talks.ts';
import { toldOnce } from './0007-told-once.ts';
import { nothingLostBetween } from './0008-nothing-lost-between.ts';
import type { Migration } from './migration.ts';

/** In the order of their numbers; a new one goes to the end. */
export const MIGRATIONS: readonly Migration[] = [
  begin,
  queuePlaces,
  flowsAndTargets,
  composedFlows,
  presence,
  mergedTalks,
  toldOnce,
  nothingLostBetween,
];

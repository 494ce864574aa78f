import { actor, maybeTime, number, open, reference, table, text, time } from './fields.ts';

export const composedFlows = table({
  name: text,
  draft: open,
  rev: number,
  createdAt: time,
  updatedAt: time,
  archivedAt: maybeTime,
});
composedFlows.index({ archivedAt: 1, name: 1 }, { name: 'composed_flow_name' });

export const flowVersions = table({
  flowId: reference,
  number,
  script: open,
  at: time,
  by: actor,
  note: text,
});
flowVersions.index({ flowId: 1, number: -1 }, { name: 'flow_version_number', unique: true });

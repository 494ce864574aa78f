import type { z } from 'zod';
import { Refusal } from '../../base/errors.ts';
import type { FlowProblem, FlowScript } from '../../contract/composed.ts';
import type { FlowView } from '../../contract/wire.ts';
import type { ComposedFlow } from '../../domain/flows/composed.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { findFlow, overtaken } from './find-flow.ts';
import type { publication } from './flow-fields.ts';
import { flowView } from './flow-view.ts';

/**
 * Makes the draft a new version, or (`from`) an old version the draft and a new version. New talks get it, talks under
 * way keep theirs. Refused, naming the step, while something is wrong with it.
 */
export async function publishFlow(
  desk: Desk,
  who: Principal,
  id: string,
  { rev, note, from }: z.output<typeof publication>,
): Promise<FlowView> {
  permit(who, 'flow.change', 'publish flows');
  const seen = await findFlow(desk, id);
  if (seen.rev !== rev) throw overtaken(seen);
  const { composedFlows } = desk.stores;
  const script = from === undefined ? seen.draft : await oldScript(desk, id, from);
  await refuseProblems(desk, script);
  const newest = (await composedFlows.newest(id))?.number ?? 0;
  const now = desk.clock.now();
  // What nobody saw change is not published over: the draft's number goes on with each publication, too.
  const flow: ComposedFlow | null = await composedFlows.change(id, rev, { draft: script }, now);
  if (!flow) throw overtaken(seen);
  const by = { kind: 'user', id: who.user.id, name: who.user.name } as const;
  const made = await composedFlows.publish({ flowId: id, script, at: now, by, note }, newest);
  if (!made) throw overtaken(seen);
  const what = from === undefined ? '' : `, which is version ${from} again`;
  await recordAudit(
    desk,
    who,
    'flow.publish',
    `Published version ${made.number} of the flow "${flow.name}"${what}.`,
  );
  return flowView(desk, flow);
}

async function oldScript(desk: Desk, id: string, number: number): Promise<FlowScript> {
  const version = await desk.stores.composedFlows.version(id, number);
  if (!version)
    throw new Refusal('not_found', `There is no version ${number} of this flow.`, {
      field: 'from',
    });
  return version.script;
}

async function refuseProblems(desk: Desk, script: FlowScript): Promise<void> {
  const problem = desk.composer.problems(script)[0] ?? (await lostLine(desk, script));
  if (!problem) return;
  const { step, field, message } = problem;
  if (step === null) throw new Refusal('rule_broken', message, { field });
  const name = script.steps[step]?.name;
  throw new Refusal('rule_broken', `Step ${step + 1}${name ? ` "${name}"` : ''}: ${message}`, {
    field: `steps.${step}.${field}`,
  });
}

/** A step that goes to a line which is not there, or no longer. */
async function lostLine(desk: Desk, { steps }: FlowScript): Promise<FlowProblem | undefined> {
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'line') continue;
    const line = await desk.stores.lines.get(step.lineId);
    if (!line || line.archivedAt)
      return { step: index, field: 'lineId', message: 'The line to go to is not there any more.' };
  }
  return undefined;
}

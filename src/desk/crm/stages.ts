import { Refusal } from '../../base/errors.ts';
import type { Pipeline } from '../../domain/crm/records.ts';
import type { Desk } from '../desk.ts';

/** The pipeline and stage that were asked for; by default the first pipeline, its first stage. */
export async function placeOf(
  desk: Desk,
  asked: { pipelineId?: string | undefined; stageId?: string | undefined },
): Promise<{ pipelineId: string; stageId: string }> {
  const pipelines = await desk.stores.deals.pipelines();
  const pipeline = pipelineOf(pipelines, asked.pipelineId);
  const stage =
    asked.stageId === undefined
      ? pipeline.stages[0]
      : pipeline.stages.find(({ id }) => id === asked.stageId);
  if (!stage)
    throw new Refusal('rule_broken', `The pipeline “${pipeline.name}” has no such stage.`, {
      field: 'stageId',
    });
  return { pipelineId: pipeline.id, stageId: stage.id };
}

function pipelineOf(pipelines: readonly Pipeline[], id: string | undefined): Pipeline {
  const pipeline = id === undefined ? pipelines[0] : pipelines.find((one) => one.id === id);
  if (pipeline) return pipeline;
  const why = id === undefined ? 'There is no pipeline yet.' : 'There is no such pipeline.';
  throw new Refusal('rule_broken', why, { field: 'pipelineId' });
}

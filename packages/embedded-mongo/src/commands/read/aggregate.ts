import { splitPipeline, stageName, validatePipeline } from '../../aggregate/index.ts';
import { changeStream } from '../../changes/change-stream.ts';
import { MongoError } from '../../errors.ts';
import { flowSource, listSource } from '../../session/sources.ts';
import { type Doc, isPlain, type Value } from '../../values/index.ts';
import { Arguments } from '../arguments.ts';
import type { Answer } from '../../wire/answer.ts';
import type { Call } from '../call.ts';
import type { Command } from '../command.ts';
import { openCursor, type Opening } from '../reply.ts';
import { writeResults } from '../write/results.ts';
import { countSelected } from './counting.ts';
import { explainAggregate } from './explain.ts';
import { Pipelining, resolveView } from './flow.ts';
import { collectionOf } from './select.ts';
import { SOURCES } from './sources.ts';

/** @see https://www.mongodb.com/docs/manual/reference/command/aggregate/ */
export const aggregate: Command = {
  name: 'aggregate',
  fields: [
    'pipeline',
    'cursor',
    'explain',
    'allowDiskUse',
    'bypassDocumentValidation',
    'collation',
    'hint',
    'let',
    'needsMerge',
    'fromMongos',
  ],
  inTransaction: true,
  run: (call) => {
    const { command } = call;
    const args = new Arguments('aggregate', command);
    const pipeline = validatePipeline(command['pipeline']);
    if (!command['explain'] && !command['cursor'])
      throw new MongoError(
        9,
        "The 'cursor' option is required, except for aggregate with the explain argument",
      );
    const name = command['aggregate'];
    const collection = typeof name === 'string' ? args.collection() : null;
    if (args.flag('explain')) return explainAggregate(call, collection ?? '', pipeline);
    const ns = `${call.db}.${collection ?? '$cmd.aggregate'}`;
    const opening = { ns, batchSize: args.cursorBatch() };
    const first = pipeline[0];
    if (first && stageName(first) === '$changeStream')
      return openCursor(call, {
        ...opening,
        tailing: true,
        source: changeStream(call.database, call.db, collection, pipeline, (rest) =>
          new Pipelining(call, undefined).compile(rest, call.variables),
        ),
      });
    return aggregateOver(call, collection, pipeline, opening);
  },
};

/** Answers with a pipeline over a collection or view, or without one. */
export async function aggregateOver(
  call: Call,
  collection: string | null,
  pipeline: Doc[],
  opening: Omit<Opening, 'source'>,
): Promise<Answer> {
  const main = collection === null ? undefined : collectionOf(call, collection);
  const pipelining = new Pipelining(call, main);
  const last = pipeline.at(-1);
  const writes = last && (last['$out'] !== undefined || last['$merge'] !== undefined);
  if (writes) {
    call.database.refuseWhenFull();
    const source = flowSource(flowOf(pipelining, collection, pipeline.slice(0, -1)), pipelining);
    await writeResults(call, last, source);
    return openCursor(call, { ...opening, source: listSource([]) });
  }
  const counted = await countShortcut(call, collection, pipeline);
  if (counted) return openCursor(call, { ...opening, source: listSource(counted) });
  const flow = flowOf(pipelining, collection, pipeline);
  return openCursor(call, { ...opening, source: flowSource(flow, pipelining) });
}

function flowOf(
  pipelining: Pipelining,
  collection: string | null,
  pipeline: Doc[],
): Iterable<Doc | null> {
  const { call } = pipelining;
  const { variables } = call;
  const first = pipeline[0] && stageName(pipeline[0]);
  const source = first === undefined ? undefined : SOURCES[first];
  if (source) {
    const documents = source(call, collection, pipeline[0]?.[first as string]);
    return pipelining.compile(pipeline.slice(1), variables)(documents);
  }
  if (first === '$documents') return pipelining.compile(pipeline, variables)([]);
  if (collection === null)
    throw new MongoError(
      73,
      "Invalid namespace specified: {aggregate: 1} is not valid for this pipeline's first stage",
    );
  return pipelining.over({ coll: collection }, pipeline, variables, call.command['hint']);
}

/** The field and `_id` of a `$group` that only counts, as countDocuments asks. */
function countingGroup(group: Value): { id: Value; field: string } | undefined {
  if (!isPlain(group)) return undefined;
  const { _id: id, ...rest } = group;
  const [field, ...more] = Object.keys(rest);
  if (field === undefined || more.length) return undefined;
  if (typeof id !== 'number' && id !== null) return undefined;
  const accumulator = rest[field];
  return isPlain(accumulator) && accumulator['$sum'] === 1 ? { id, field } : undefined;
}

async function countShortcut(
  call: Call,
  collection: string | null,
  pipeline: Doc[],
): Promise<Doc[] | null> {
  const last = pipeline.at(-1);
  if (collection === null || !last) return null;
  const group = countingGroup(last['$group']);
  const field = group?.field ?? last['$count'];
  if (typeof field !== 'string' || !field || field.startsWith('$') || field.includes('.'))
    return null;
  const { c, pipeline: whole } = resolveView(call, { coll: collection }, pipeline);
  const { filter, skip, limit, rest } = splitPipeline(whole);
  if (!c || rest.length !== 1) return null;
  const n = await countSelected(call, c, {
    filter,
    skip,
    limit,
    hint: call.command['hint'],
    collation: call.command['collation'] as Doc | undefined,
    variables: call.variables,
  });
  if (!n) return [];
  return [group ? { _id: group.id, [field]: n } : { [field]: n }];
}

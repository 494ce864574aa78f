import { MongoError, failedToParse } from '../errors.ts';
import { collect, compilePipeline } from '../aggregate/index.ts';
import { equal } from '../order/index.ts';
import { isPlain, own, setOwn, type Doc, type Value } from '../values/index.ts';
import type { Update, UpdateOptions } from './types.ts';

const ALLOWED = new Set([
  '$set',
  '$addFields',
  '$unset',
  '$project',
  '$replaceRoot',
  '$replaceWith',
]);

/**
 * Compiles an update written as a pipeline.
 * @throws MongoError 72 for a stage that an update may not use
 * @see https://www.mongodb.com/docs/manual/tutorial/update-documents-with-aggregation-pipeline/
 */
export function compilePipelineUpdate(pipeline: Value[], options: UpdateOptions): Update {
  const stages = pipeline.map((stage): Doc => {
    if (!isPlain(stage))
      throw failedToParse("Each element of the 'pipeline' array must be an object");
    const name = Object.keys(stage)[0] ?? '';
    if (!ALLOWED.has(name)) {
      throw new MongoError(72, `${name} is not allowed to be used within an update`);
    }
    return stage;
  });
  const run = compilePipeline(stages, {
    variables: options.vars,
    collation: options.collation,
    now: options.now,
  });
  return (old) => {
    const [made = {}] = collect(run([old]));
    return withId(old, made);
  };
}

function withId(old: Doc, made: Doc): Doc {
  const id = own(old, '_id');
  if (id === undefined) return made;
  const now = own(made, '_id');
  if (now !== undefined && !equal(id, now)) {
    throw new MongoError(
      66,
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  const out: Doc = { _id: id };
  for (const name of Object.keys(made)) if (name !== '_id') setOwn(out, name, made[name]);
  return out;
}

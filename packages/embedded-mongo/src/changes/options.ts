import { stageName } from '../aggregate/index.ts';
import { MongoError } from '../errors.ts';
import { type Doc, isPlain, show, type Value } from '../values/index.ts';

const CHOICES: Readonly<Record<string, ReadonlySet<Value>>> = {
  fullDocument: new Set(['default', 'updateLookup', 'whenAvailable', 'required']),
  fullDocumentBeforeChange: new Set(['off', 'whenAvailable', 'required']),
};
const STARTS = ['resumeAfter', 'startAfter', 'startAtOperationTime'];
const FIELDS = new Set([
  ...Object.keys(CHOICES),
  ...STARTS,
  'allChangesForCluster',
  'showExpandedEvents',
]);

/** Stages that may follow. */
const PERMITTED = new Set([
  '$addFields',
  '$match',
  '$project',
  '$redact',
  '$replaceRoot',
  '$replaceWith',
  '$set',
  '$unset',
]);

/**
 * Reads a pipeline that begins with `$changeStream`.
 * @returns the options of the stream
 * @throws MongoError 2, 20, 72, 115, 40415, 50674
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/changeStream/
 */
export function streamOptions(db: string, collection: string | null, pipeline: Doc[]): Doc {
  const asked = pipeline[0]?.['$changeStream'];
  const options = isPlain(asked) ? asked : {};
  for (const [field, value] of Object.entries(options)) {
    if (!FIELDS.has(field))
      throw new MongoError(40415, `BSON field '$changeStream.${field}' is an unknown field.`);
    const choices = CHOICES[field];
    if (choices && !choices.has(value))
      throw new MongoError(
        2,
        `Enumeration value '${typeof value === 'string' ? value : show(value)}' for field '$changeStream.${field}' is not a valid value.`,
      );
  }
  if (options['showExpandedEvents'] === true)
    throw new MongoError(115, "$changeStream: the option 'showExpandedEvents' is not supported");
  if (STARTS.filter((field) => options[field] !== undefined).length > 1)
    throw new MongoError(
      50674,
      'Only one type of resume option is allowed, but multiple were found.',
    );
  if (options['allChangesForCluster'] === true && (db !== 'admin' || collection !== null))
    throw new MongoError(
      72,
      `A $changeStream with 'allChangesForCluster:true' may only be opened on the 'admin' database, and with no collection name; found ${db}`,
    );
  for (const stage of pipeline.slice(1)) {
    const name = stageName(stage);
    if (!PERMITTED.has(name))
      throw new MongoError(20, `${name} is not permitted in a $changeStream pipeline`);
  }
  return options;
}

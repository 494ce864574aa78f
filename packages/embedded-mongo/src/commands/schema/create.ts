import { MongoError } from '../../errors.ts';
import { compile } from '../../match/index.ts';
import { collatorOf, equal } from '../../order/index.ts';
import { type Doc, isArr, isPlain } from '../../values/index.ts';
import { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { makeCollection } from '../write/ensure.ts';

const OPTIONS = [
  'capped',
  'size',
  'max',
  'validator',
  'validationLevel',
  'validationAction',
  'viewOn',
  'pipeline',
  'collation',
  'changeStreamPreAndPostImages',
  'clusteredIndex',
];

/** @see https://www.mongodb.com/docs/manual/reference/command/create/ */
export const create: Command = {
  name: 'create',
  fields: [...OPTIONS, 'autoIndexId', 'idIndex', 'storageEngine', 'indexOptionDefaults'],
  refused: ['timeseries', 'expireAfterSeconds', 'encryptedFields'],
  inTransaction: true,
  grows: true,
  run: async (call) => {
    const { command } = call;
    const args = new Arguments('create', command);
    const name = args.collection();
    const options: Doc = {};
    for (const option of OPTIONS)
      if (command[option] !== undefined) options[option] = command[option];
    checkOptions(options);
    const c = await makeCollection(call, call.db, name, options);
    if (!equal(c.options, options))
      throw new MongoError(48, `Collection ${call.db}.${name} already exists.`);
    return {};
  },
};

/** @throws MongoError 14, 72 and whatever is wrong with validator or collation */
export function checkOptions(options: Doc): void {
  const { capped, validator, pipeline, viewOn } = options;
  if (capped !== undefined && typeof capped !== 'boolean')
    throw new MongoError(14, "BSON field 'create.capped' is the wrong type, expected type 'bool'");
  if (capped && options['size'] === undefined)
    throw new MongoError(72, "the 'size' field is required when 'capped' is true");
  for (const option of ['size', 'max'])
    if (!capped && options[option] !== undefined)
      throw new MongoError(72, `the '${option}' field requires capped to also be set to true`);
  if (validator !== undefined) {
    if (!isPlain(validator))
      throw new MongoError(
        14,
        "BSON field 'create.validator' is the wrong type, expected type 'object'",
      );
    compile(validator);
  }
  if (pipeline !== undefined && !isArr(pipeline))
    throw new MongoError(
      14,
      "BSON field 'create.pipeline' is the wrong type, expected type 'array'",
    );
  if (pipeline !== undefined && viewOn === undefined)
    throw new MongoError(72, "'pipeline' requires 'viewOn' to also be specified");
  collatorOf(options['collation']);
}

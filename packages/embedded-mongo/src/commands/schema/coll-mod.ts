import { MongoError } from '../../errors.ts';
import { equal } from '../../order/index.ts';
import type { Collection } from '../../store/index.ts';
import { type Doc, isPlain } from '../../values/index.ts';
import { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { checkOptions } from './create.ts';

const OPTIONS = [
  'validator',
  'validationLevel',
  'validationAction',
  'viewOn',
  'pipeline',
  'changeStreamPreAndPostImages',
];

/** What create calls otherwise. */
const CAPPED = { cappedSize: 'size', cappedMax: 'max' } as const;

/** @see https://www.mongodb.com/docs/manual/reference/command/collMod/ */
export const collMod: Command = {
  name: 'collMod',
  fields: [...OPTIONS, ...Object.keys(CAPPED), 'index'],
  run: async (call) => {
    const { command } = call;
    const args = new Arguments('collMod', command);
    const name = args.collection();
    const { catalog, writer } = call.database;
    return writer.one(call, (unit) => {
      const c = catalog.get(call.db, name);
      if (!c) throw new MongoError(26, 'ns does not exist');
      const options = { ...c.options };
      for (const option of OPTIONS)
        if (command[option] !== undefined) options[option] = command[option];
      for (const [given, option] of Object.entries(CAPPED)) {
        if (command[given] === undefined) continue;
        if (!options['capped'])
          throw new MongoError(72, `${given} can only be set on capped collections`);
        options[option] = command[given];
      }
      checkOptions(options);
      const index = args.doc('index');
      const answer = index ? modifyIndex(c, index) : {};
      c.configure(options);
      catalog.save(unit.view, c);
      return answer;
    });
  },
};

const INDEX_FIELDS = new Set(['name', 'keyPattern', 'expireAfterSeconds', 'hidden']);
const REFUSED = new Set(['unique', 'prepareUnique']);

function modifyIndex(c: Collection, asked: Doc): Doc {
  for (const field of Object.keys(asked)) {
    if (REFUSED.has(field))
      throw new MongoError(115, `collMod: the option 'index.${field}' is not supported`);
    if (!INDEX_FIELDS.has(field))
      throw new MongoError(40415, `BSON field 'collMod.index.${field}' is an unknown field.`);
  }
  const { name, keyPattern, expireAfterSeconds, hidden } = asked;
  const index = c.indexes.find((i) =>
    typeof name === 'string'
      ? i.name === name
      : isPlain(keyPattern) && equal(i.spec.key, keyPattern),
  );
  if (!index) throw new MongoError(27, `cannot find index ${String(name ?? '')} for ns ${c.ns}`);
  const answer: Doc = {};
  if (expireAfterSeconds !== undefined) {
    if (index.spec['expireAfterSeconds'] !== undefined)
      answer['expireAfterSeconds_old'] = index.spec['expireAfterSeconds'];
    answer['expireAfterSeconds_new'] = expireAfterSeconds;
    index.spec['expireAfterSeconds'] = expireAfterSeconds;
  }
  if (hidden !== undefined) {
    answer['hidden_old'] = index.hidden;
    answer['hidden_new'] = hidden;
    index.spec['hidden'] = hidden === true;
  }
  return answer;
}

import { MongoError } from '../../errors.ts';
import { compileUpdate } from '../../update/index.ts';
import { projector } from '../../project/index.ts';
import { type Doc, isArr, isPlain, type Value } from '../../values/index.ts';
import { Arguments } from '../arguments.ts';
import type { Call } from '../call.ts';
import type { Command } from '../command.ts';
import { collectionOf, refuseView } from '../read/select.ts';
import { runRetryable } from './bulk.ts';
import { ensureCollection } from './ensure.ts';
import { DeleteRun, UpdateRun } from './statements.ts';

/** @see https://www.mongodb.com/docs/manual/reference/command/findAndModify/ */
export const findAndModify: Command = {
  name: 'findAndModify',
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'projection',
    'upsert',
    'bypassDocumentValidation',
    'collation',
    'arrayFilters',
    'hint',
    'let',
  ],
  inTransaction: true,
  grows: true,
  run: async (call) => {
    const asked = readArguments(call);
    refuseView(collectionOf(call, asked.collection));
    if (asked.upsert) await ensureCollection(call, call.db, asked.collection);
    const project = projector(asked.fields, asked.filter, asked.collation, asked.variables);
    const shown = (doc: Doc | undefined): Value =>
      doc === undefined ? null : project ? project(doc) : doc;
    return asked.remove ? remove(call, asked, shown) : update(call, asked, shown);
  },
};

type Asked = ReturnType<typeof readArguments>;
type Shown = (doc: Doc | undefined) => Value;

function remove(call: Call, asked: Asked, shown: Shown): Promise<Doc> {
  let run: DeleteRun | undefined;
  return runRetryable(call, (unit, end) => {
    run ??= new DeleteRun(call.database, collectionOf(call, asked.collection), {
      ...asked,
      multi: false,
    });
    if (run.step(unit, end) === 'more') return 'more';
    return { lastErrorObject: { n: run.removed }, value: shown(run.document) };
  });
}

function update(call: Call, asked: Asked, shown: Shown): Promise<Doc> {
  let run: UpdateRun | undefined;
  return runRetryable(call, (unit, end) => {
    run ??= new UpdateRun(call.database, collectionOf(call, asked.collection), {
      ...asked,
      multi: false,
    });
    if (run.step(unit, end) === 'more') return 'more';
    const { matched, upsertedId, before, after } = run.outcome;
    const inserted = upsertedId !== undefined;
    return {
      lastErrorObject: {
        n: matched || inserted ? 1 : 0,
        updatedExisting: matched > 0,
        ...(inserted ? { upserted: upsertedId } : {}),
      },
      value: shown(asked.returnsNew ? after : before),
    };
  });
}

function readArguments(call: Call): {
  collection: string;
  filter: Doc;
  sort: Doc | undefined;
  update: Value;
  remove: boolean;
  upsert: boolean;
  returnsNew: boolean;
  fields: Doc | undefined;
  hint: Value;
  collation: Doc | undefined;
  arrayFilters: Value[] | undefined;
  variables: Call['variables'];
  bypassValidation: boolean;
} {
  const { command } = call;
  const args = new Arguments('findAndModify', command);
  const filters = command['arrayFilters'];
  const asked = {
    collection: args.collection(),
    filter: args.doc('query') ?? {},
    sort: args.doc('sort'),
    update: command['update'],
    remove: args.flag('remove'),
    upsert: args.flag('upsert'),
    returnsNew: args.flag('new'),
    fields: args.doc('fields') ?? args.doc('projection'),
    hint: command['hint'],
    collation: args.doc('collation'),
    arrayFilters: isArr(filters) ? filters.filter(isPlain) : undefined,
    variables: call.variables,
    bypassValidation: args.flag('bypassDocumentValidation'),
  };
  const { remove, update, upsert, returnsNew } = asked;
  const given = update !== undefined && update !== null;
  if (remove && given) throw wrong('Cannot specify both an update and remove=true');
  if (!remove && !given) throw wrong('Either an update or remove=true must be specified');
  if (remove && upsert) throw wrong('Cannot specify both upsert=true and remove=true');
  if (remove && returnsNew)
    throw wrong(
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  if (given) compileUpdate(update, { ...asked, vars: asked.variables });
  return asked;
}

const wrong = (message: string): MongoError => new MongoError(9, message);

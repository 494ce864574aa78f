import { MongoError } from '../../errors.ts';
import { listSource } from '../../session/sources.ts';
import type { Unit } from '../../store/index.ts';
import { type Doc, encode, isArr, isPlain, toNumber, type Numeric } from '../../values/index.ts';
import { Arguments, flag } from '../arguments.ts';
import type { Answer } from '../../wire/answer.ts';
import type { Call } from '../call.ts';
import type { Command } from '../command.ts';
import { collectionOf } from '../read/select.ts';
import { openCursor } from '../reply.ts';
import { checkBatch, type Progress, runStatements } from './bulk.ts';
import { ensureCollection, presentCollection } from './ensure.ts';
import { entryOf, rawList } from './lists.ts';
import { DeleteRun, insertRaw, UpdateRun } from './statements.ts';

type Kind = 'insert' | 'update' | 'delete';

interface BulkProgress extends Progress {
  nInserted: number;
  nMatched: number;
  nModified: number;
  nUpserted: number;
  nDeleted: number;
  results: Doc[];
}

/** Inserts, updates and deletes in several collections. @see https://www.mongodb.com/docs/manual/reference/command/bulkWrite/ */
export const bulkWrite: Command = {
  name: 'bulkWrite',
  fields: ['ops', 'nsInfo', 'ordered', 'errorsOnly', 'bypassDocumentValidation', 'let', 'cursor'],
  inTransaction: true,
  grows: true,
  run: async (call) => {
    if (call.db !== 'admin')
      throw new MongoError(13, 'bulkWrite may only be run against the admin database.');
    const args = new Arguments('bulkWrite', call.command);
    const ops = rawList(call, 'ops');
    checkBatch(ops.length);
    const namespaces = namespacesOf(call);
    for (const raw of ops) {
      const { kind, op, ns } = readOp(entryOf([raw], 0), namespaces);
      if (kind === 'insert' || flag(op['upsert'])) await ensureCollection(call, ns.db, ns.name);
    }
    const progress: BulkProgress = {
      at: 0,
      writeErrors: [],
      nInserted: 0,
      nMatched: 0,
      nModified: 0,
      nUpserted: 0,
      nDeleted: 0,
      results: [],
    };
    let running: { index: number; step: OpStep } | null = null;
    const ordered = call.command['ordered'] !== false;
    await runStatements(call, ops.length, progress, ordered, (unit, index, end) => {
      if (running?.index !== index)
        running = { index, step: prepare(call, readOp(entryOf(ops, index), namespaces), progress) };
      const result = running.step(unit, end);
      if (result === 'more') return 'more';
      if (!args.flag('errorsOnly')) progress.results.push({ ok: 1, idx: index, ...result });
      return 'done';
    });
    return answer(call, progress, args.cursorBatch());
  },
};

interface Namespace {
  db: string;
  name: string;
}

interface Op {
  kind: Kind;
  op: Doc;
  ns: Namespace;
}

type OpStep = (unit: Unit, end: number) => Doc | 'more';

function namespacesOf(call: Call): Namespace[] {
  const infos = call.lists.get('nsInfo')?.map((raw) => entryOf([raw], 0)) ?? call.command['nsInfo'];
  if (!isArr(infos as Doc[]))
    throw new MongoError(14, "BSON field 'bulkWrite.nsInfo' must be a list");
  return (infos as Doc[]).map((info) => {
    const ns = String(info['ns']);
    const dot = ns.indexOf('.');
    if (dot < 1) throw new MongoError(73, `Invalid namespace specified '${ns}'`);
    return { db: ns.slice(0, dot), name: ns.slice(dot + 1) };
  });
}

function readOp(op: Doc, namespaces: readonly Namespace[]): Op {
  const kind = Object.keys(op)[0] ?? '';
  if (kind !== 'insert' && kind !== 'update' && kind !== 'delete')
    throw new MongoError(40415, `BSON field 'bulkWrite.ops.${kind}' is an unknown field.`);
  const ns = namespaces[toNumber(op[kind] as Numeric)];
  if (!ns) throw new MongoError(2, `BulkWrite ops entry has an invalid nsInfo index.`);
  return { kind, op, ns };
}

function prepare(call: Call, { kind, op, ns }: Op, progress: BulkProgress): OpStep {
  const bypassValidation = flag(call.command['bypassDocumentValidation']);
  const { database } = call;
  const c = collectionOf(call, ns.name, ns.db);
  if (kind === 'insert') {
    const raw = encode(op['document'] as Doc);
    return (unit) => {
      insertRaw(unit, presentCollection(call, unit, ns.db, ns.name), raw, bypassValidation);
      progress.nInserted++;
      return { n: 1 };
    };
  }
  const args = new Arguments(`bulkWrite.ops`, op);
  if (call.retry && args.flag('multi'))
    throw new MongoError(72, 'Cannot use retryable writes with multi=true');
  const common = {
    filter: args.doc('filter') ?? {},
    multi: args.flag('multi'),
    sort: args.doc('sort'),
    hint: op['hint'],
    collation: args.doc('collation'),
    variables: call.variables,
  };
  if (kind === 'delete') {
    const run = new DeleteRun(database, c, common);
    return (unit, end) => {
      if (run.step(unit, end) === 'more') return 'more';
      progress.nDeleted += run.removed;
      return { n: run.removed };
    };
  }
  const constants = args.doc('constants');
  const filters = op['arrayFilters'];
  const run = new UpdateRun(database, c, {
    ...common,
    update: op['updateMods'],
    upsert: args.flag('upsert'),
    arrayFilters: isArr(filters) ? filters.filter(isPlain) : undefined,
    variables: constants ? { ...call.variables, ...constants } : call.variables,
    bypassValidation,
  });
  return (unit, end) => (run.step(unit, end) === 'more' ? 'more' : noteUpdate(run, progress));
}

function noteUpdate(run: UpdateRun, progress: BulkProgress): Doc {
  const { matched, modified, upsertedId } = run.outcome;
  progress.nMatched += matched;
  progress.nModified += modified;
  if (upsertedId === undefined) return { n: matched, nModified: modified };
  progress.nUpserted++;
  return { n: 1, nModified: 0, upserted: { _id: upsertedId } };
}

function answer(
  call: Call,
  progress: BulkProgress,
  batchSize: number | undefined,
): Promise<Answer> {
  const errors = progress.writeErrors.map(({ index, ...error }) => ({
    ok: 0,
    idx: index,
    n: 0,
    ...error,
  }));
  const results = [...progress.results, ...errors].sort(
    (a, b) => Number(a['idx']) - Number(b['idx']),
  );
  return openCursor(call, {
    ns: 'admin.$cmd.bulkWrite',
    source: listSource(results),
    batchSize: batchSize ?? Infinity,
    rest: {
      nErrors: errors.length,
      nInserted: progress.nInserted,
      nMatched: progress.nMatched,
      nModified: progress.nModified,
      nUpserted: progress.nUpserted,
      nDeleted: progress.nDeleted,
    },
  });
}

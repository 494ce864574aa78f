import { MongoError, failedToParse } from '../errors.ts';
import { collatorOf, equal, identical } from '../order/index.ts';
import {
  clone,
  isArr,
  isPlain,
  own,
  setOwn,
  show,
  typeName,
  type Doc,
  type Value,
} from '../values/index.ts';
import * as arrays from './arrayOperators.ts';
import { Draft } from './draft.ts';
import * as fields from './fieldOperators.ts';
import {
  checkPath,
  compileArrayFilters,
  filterName,
  pathOrder,
  PathTree,
  resolvePaths,
  type ArrayFilters,
} from './paths.ts';
import { compilePipelineUpdate } from './pipeline.ts';
import { checkRename, rename } from './rename.ts';
import type {
  Slot,
  Update,
  UpdateOperator,
  UpdateOptions,
  UpdateRun,
  UpdateScope,
} from './types.ts';

/** Operators on one field; `$rename` has two and stands apart. */
export const OPERATORS: Readonly<Record<string, UpdateOperator>> = {
  $set: fields.$set,
  $setOnInsert: fields.$set,
  $unset: fields.$unset,
  $inc: fields.$inc,
  $mul: fields.$mul,
  $min: fields.$min,
  $max: fields.$max,
  $currentDate: fields.$currentDate,
  $bit: fields.$bit,
  $push: arrays.$push,
  $addToSet: arrays.$addToSet,
  $pop: arrays.$pop,
  $pull: arrays.$pull,
  $pullAll: arrays.$pullAll,
};

/** Whether an update is a whole new document rather than operators or a pipeline. */
export function isReplacement(update: Value): boolean {
  return isPlain(update) && Object.keys(update)[0]?.startsWith('$') !== true;
}

/** What is done to one path of an update. */
interface Step {
  parts: readonly string[];
  dynamic: boolean;
  onInsertOnly: boolean;
  creates: boolean;
  apply: ((slot: Slot) => void) | undefined;
  renameTo: readonly string[] | undefined;
}

/**
 * Compiles an update: operators, a replacement or a pipeline. All that can be refused without a
 * document is refused here.
 * @throws MongoError in MongoDB's words
 * @see https://www.mongodb.com/docs/manual/reference/operator/update/
 */
export function compileUpdate(update: Value, options: UpdateOptions = {}): Update {
  const filters = options.arrayFilters ?? [];
  if (isArr(update)) {
    if (filters.length > 0) {
      throw failedToParse('arrayFilters may not be specified for pipeline-style updates');
    }
    return compilePipelineUpdate(update, options);
  }
  if (!isPlain(update)) {
    throw failedToParse('Update argument must be either an object or an array');
  }
  if (isReplacement(update)) return compileReplacement(update, filters);
  const scope: UpdateScope = {
    collator: collatorOf(options.collation),
    collation: options.collation,
    now: options.now ?? new Date(),
  };
  const steps = compileSteps(update, scope);
  const arrayFilters = compileArrayFilters(filters, options.collation);
  checkIdentifiers(steps, arrayFilters, update);
  return (old, run = {}) => applySteps(old, steps, arrayFilters, run);
}

function compileReplacement(update: Doc, filters: readonly Value[]): Update {
  if (filters.length > 0)
    throw failedToParse('arrayFilters may not be specified for replacement-style updates');
  const dollar = Object.keys(update).find((k) => k.startsWith('$'));
  if (dollar !== undefined) throw dollarPrefixed(dollar, dollar);
  const id = own(update, '_id');
  return (old) => {
    const oldId = own(old, '_id');
    if (id !== undefined && oldId !== undefined && !equal(id, oldId)) {
      throw new MongoError(
        66,
        `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(id)}`,
      );
    }
    const out: Doc = {};
    if (oldId !== undefined || id !== undefined) out['_id'] = oldId ?? id;
    for (const name of Object.keys(update))
      if (name !== '_id') setOwn(out, name, clone(update[name]));
    return out;
  };
}

const dollarPrefixed = (name: string, path: string): MongoError =>
  new MongoError(
    52,
    `The dollar ($) prefixed field '${name}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  );

const MAY_SET_DOLLAR = new Set(['$set', '$setOnInsert']);

function compileSteps(update: Doc, scope: UpdateScope): Step[] {
  const steps: Step[] = [];
  const tree = new PathTree();
  for (const name of Object.keys(update)) {
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (!operator && name !== '$rename') {
      throw failedToParse(
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    const args = update[name];
    if (!isPlain(args)) {
      throw failedToParse(
        `Modifiers operate on fields but we found type ${typeName(args)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${show(args)}}`,
      );
    }
    for (const path of Object.keys(args)) {
      const parts = checkPath(path);
      const first = parts[0] as string;
      if (first.startsWith('$') && !MAY_SET_DOLLAR.has(name)) throw dollarPrefixed(first, path);
      const to = name === '$rename' ? checkRename(path, args[path]) : undefined;
      tree.add(path);
      if (to !== undefined) tree.add(to);
      steps.push({
        parts,
        dynamic: parts.some((p) => p === '$' || filterName(p) !== undefined),
        onInsertOnly: name === '$setOnInsert',
        creates: operator?.creates ?? false,
        apply: operator?.compile(args[path], path, scope),
        renameTo: to === undefined ? undefined : checkPath(to),
      });
    }
  }
  return steps.sort(byPath);
}

// The `_id` goes first, so that a document made by an upsert begins with it.
const byPath = (a: Step, b: Step): number =>
  Number(b.parts[0] === '_id') - Number(a.parts[0] === '_id') || pathOrder(a.parts, b.parts);

function checkIdentifiers(steps: readonly Step[], filters: ArrayFilters, update: Doc): void {
  const used = new Set<string>();
  for (const step of steps) {
    for (const part of step.parts) {
      const name = filterName(part);
      if (name === undefined || name === '') continue;
      used.add(name);
      if (!filters.has(name)) {
        throw new MongoError(
          2,
          `No array filter found for identifier '${name}' in path '${step.parts.join('.')}'`,
        );
      }
    }
  }
  for (const name of filters.keys()) {
    if (!used.has(name)) {
      throw failedToParse(
        `The array filter for identifier '${name}' was not used in the update ${show(update)}`,
      );
    }
  }
}

function applySteps(old: Doc, steps: readonly Step[], filters: ArrayFilters, run: UpdateRun): Doc {
  const draft = new Draft(old);
  const touched = steps.some((s) => s.dynamic) ? new PathTree() : undefined;
  for (const step of steps) {
    if (step.onInsertOnly && !run.insert) continue;
    const first = step.parts[0] as string;
    if (first.startsWith('$') && !run.insert) throw dollarPrefixed(first, step.parts.join('.'));
    if (step.renameTo) {
      rename(draft, step.parts, step.renameTo);
      continue;
    }
    const paths = step.dynamic ? resolvePaths(draft, step.parts, run.pos, filters) : [step.parts];
    for (const path of paths) {
      touched?.add(path.join('.'));
      const slot = draft.open(path, step.creates);
      if (slot) step.apply?.(slot);
    }
  }
  return keepId(old, draft.root);
}

function keepId(old: Doc, made: Doc): Doc {
  const id = own(old, '_id');
  if (id === undefined) return made;
  const now = own(made, '_id');
  if (now === undefined || !equal(id, now)) {
    throw new MongoError(
      66,
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  if (!identical(id, now)) made['_id'] = id;
  return made;
}

import { ObjectId } from 'bson';
import { MongoError } from '../errors.ts';
import { isOpDoc } from '../match/index.ts';
import {
  clone,
  isArr,
  isPlain,
  isRegex,
  own,
  setOwn,
  type Doc,
  type Value,
} from '../values/index.ts';
import { compileUpdate, isReplacement } from './compile.ts';
import { Draft } from './draft.ts';
import { PathTree } from './paths.ts';
import type { UpdateOptions } from './types.ts';

/** What an operator expression says a field must equal; undefined when it does not say. */
function equalityOf(arg: Doc): Value {
  if (Object.hasOwn(arg, '$eq')) return isRegex(arg['$eq']) ? undefined : arg['$eq'];
  const list = Object.hasOwn(arg, '$all')
    ? arg['$all']
    : Object.hasOwn(arg, '$in')
      ? arg['$in']
      : undefined;
  if (!isArr(list) || list.length !== 1) return undefined;
  const [only] = list;
  return isOpDoc(only) || isRegex(only) ? undefined : only;
}

function collectEqualities(filter: Doc, found: [string, Value][]): void {
  for (const name of Object.keys(filter)) {
    const arg = filter[name];
    if (name === '$and' || name === '$or') {
      const list = isArr(arg) ? arg : [];
      if (name === '$and' || list.length === 1) {
        for (const e of list) if (isPlain(e)) collectEqualities(e, found);
      }
    } else if (!name.startsWith('$') && !isRegex(arg)) {
      const v = isPlain(arg) && isOpDoc(arg) ? equalityOf(arg) : arg;
      if (v !== undefined) found.push([name, v]);
    }
  }
}

/**
 * The document an upsert starts from: the equalities of its filter.
 * @throws MongoError 54 when the filter names one field twice
 */
function seed(filter: Value): Doc {
  const found: [string, Value][] = [];
  if (isPlain(filter)) collectEqualities(filter, found);
  const tree = new PathTree();
  const draft = new Draft({});
  for (const [path, v] of found) {
    try {
      tree.add(path);
    } catch {
      throw new MongoError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    }
    draft.open(path.split('.'), true)?.set(clone(v));
  }
  return draft.root;
}

function checkId(id: Value): void {
  const type = isArr(id) ? 'array' : isRegex(id) ? 'regex' : undefined;
  if (type) throw new MongoError(53, `The '_id' value cannot be of type ${type}`);
}

/**
 * The document an upsert inserts when nothing matches.
 * @throws MongoError as the update does on a document
 * @see https://www.mongodb.com/docs/manual/reference/method/db.collection.update/#insert-a-new-document-if-no-match-exists--upsert-
 */
export function upsertDoc(filter: Value, update: Value, options: UpdateOptions = {}): Doc {
  const base = seed(filter);
  const start: Doc = isReplacement(update) ? pickId(base) : base;
  const made = compileUpdate(update, options)(start, { insert: true });
  const id = own(made, '_id');
  checkId(id);
  const out: Doc = { _id: id === undefined ? new ObjectId() : id };
  for (const name of Object.keys(made)) if (name !== '_id') setOwn(out, name, made[name]);
  return out;
}

function pickId(base: Doc): Doc {
  const id = own(base, '_id');
  return id === undefined ? {} : { _id: id };
}

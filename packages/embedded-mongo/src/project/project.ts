import { MongoError } from '../errors.ts';
import { compile, type MatchContext } from '../match/index.ts';
import { collatorOf } from '../order/index.ts';
import type { Variables } from '../expression/index.ts';
import { isArr, isPlain, own, type Doc, type Value } from '../values/index.ts';
import { compute, exclude, include } from './apply.ts';
import { checkFieldPath, parseProjection, type Parsed } from './parse.ts';
import type { Branch, Projection, ProjectionOptions } from './types.ts';

/**
 * Compiles the projection of a `find`.
 * @param filter the query, which a positional projection (`a.$`) refers to
 * @returns null when there is nothing to project
 * @throws MongoError in MongoDB's words
 * @see https://www.mongodb.com/docs/manual/reference/method/db.collection.find/#projection
 */
export function projector(
  spec: Value,
  filter: Value,
  collation?: Value,
  variables?: Variables,
): Projection | null {
  if (!isPlain(spec) || Object.keys(spec).length === 0) return null;
  const parsed = parseProjection(spec, 'find', {
    collation,
    collator: collatorOf(collation),
    variables,
  });
  const project = applyTree(parsed);
  const elements = elemMatches(parsed.tree);
  const position =
    parsed.positional === undefined
      ? undefined
      : positionalOf(parsed.positional, filter, collation, variables);
  if (!position && elements.length === 0) return project;
  return (doc) => {
    const out = project(doc);
    for (const { name, indexOf } of elements) {
      const v = own(doc, name);
      delete out[name];
      const at = isArr(v) ? indexOf(v) : -1;
      if (isArr(v) && at >= 0) out[name] = [v[at]];
    }
    return position ? position(doc, out) : out;
  };
}

/**
 * Compiles the projection of a `$project` stage.
 * @throws MongoError in MongoDB's words
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/project/
 */
export function compileProject(spec: Value, options: ProjectionOptions): Projection {
  if (!isPlain(spec)) throw new MongoError(15969, '$project specification must be an object');
  if (Object.keys(spec).length === 0) {
    throw new MongoError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  }
  return applyTree(parseProjection(spec, 'aggregate', options));
}

function applyTree({ tree, inclusive, keepId }: Parsed): Projection {
  if (!inclusive) {
    if (!keepId) tree.children.set('_id', { kind: 'flag', keep: false });
    return (doc) => compute(exclude(doc, tree), tree, doc);
  }
  if (keepId && !tree.children.has('_id')) tree.children.set('_id', { kind: 'flag', keep: true });
  return (doc) => idFirst(compute(include(doc, tree), tree, doc));
}

function idFirst(doc: Doc): Doc {
  if (!Object.hasOwn(doc, '_id') || Object.keys(doc)[0] === '_id') return doc;
  const { _id, ...rest } = doc;
  return { _id, ...rest };
}

function elemMatches(tree: Branch): { name: string; indexOf: (array: Value[]) => number }[] {
  const out: { name: string; indexOf: (array: Value[]) => number }[] = [];
  for (const [name, node] of tree.children) {
    if ('kind' in node && node.kind === 'elemMatch') out.push({ name, indexOf: node.indexOf });
  }
  return out;
}

function positionalOf(
  path: string,
  filter: Value,
  collation: Value,
  variables: Variables | undefined,
): (doc: Doc, out: Doc) => Doc {
  checkFieldPath(path);
  if (!namesField(filter, path.split('.', 1)[0] as string)) {
    throw new MongoError(
      31277,
      `Positional projection '${path}.$' does not match the query document.`,
    );
  }
  const matches = compile(filter, collation, variables);
  const parts = path.split('.');
  return (doc, out) => {
    const context: MatchContext = {};
    matches(doc, context);
    return onlyElement(out, parts, 0, context.pos) as Doc;
  };
}

/** Whether a filter has a condition on a top-level field. */
function namesField(filter: Value, field: string): boolean {
  if (isArr(filter)) return filter.some((e) => namesField(e, field));
  if (!isPlain(filter)) return false;
  return Object.keys(filter).some((name) =>
    name.startsWith('$') ? namesField(filter[name], field) : name.split('.', 1)[0] === field,
  );
}

function onlyElement(
  v: Value,
  parts: readonly string[],
  i: number,
  pos: number | undefined,
): Value {
  const name = parts[i];
  if (name === undefined) {
    if (!isArr(v)) return v;
    if (pos === undefined || pos >= v.length) {
      throw new MongoError(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    }
    return [v[pos]];
  }
  if (isArr(v)) return v.map((e) => onlyElement(e, parts, i, pos));
  if (!isPlain(v) || !Object.hasOwn(v, name)) return v;
  return { ...v, [name]: onlyElement(v[name], parts, i + 1, pos) };
}

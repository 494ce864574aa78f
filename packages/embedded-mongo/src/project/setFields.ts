import { MongoError } from '../errors.ts';
import { compileExpression } from '../expression/index.ts';
import { isPlain, type Doc, type Value } from '../values/index.ts';
import { isOpDoc } from '../match/index.ts';
import { compute } from './apply.ts';
import { checkFieldPath } from './parse.ts';
import { isBranch, type Branch, type Projection, type ProjectionOptions } from './types.ts';

/**
 * Compiles `$set` / `$addFields`.
 * @throws MongoError in MongoDB's words
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/addFields/
 */
export function compileSetFields(
  spec: Value,
  name: string,
  options: ProjectionOptions,
): Projection {
  if (!isPlain(spec))
    throw new MongoError(
      40272,
      `${name} specification stage must be an object, got ${String(spec)}`,
    );
  if (Object.keys(spec).length === 0) {
    throw new MongoError(
      40177,
      `Invalid ${name} :: caused by :: specification must have at least one field`,
    );
  }
  const tree: Branch = { children: new Map() };
  grow(tree, '', spec, options);
  return (doc) => compute(doc, tree, doc);
}

function grow(tree: Branch, prefix: string, spec: Doc, options: ProjectionOptions): void {
  for (const field of Object.keys(spec)) {
    const path = prefix + field;
    checkFieldPath(path);
    const arg = spec[field];
    if (isPlain(arg) && !isOpDoc(arg)) {
      if (Object.keys(arg).length > 0) {
        grow(tree, `${path}.`, arg, options);
        continue;
      }
    }
    plant(tree, path.split('.'), compileExpression(arg, options));
  }
}

function plant(tree: Branch, parts: readonly string[], value: (doc: Doc) => Value): void {
  let node = tree;
  for (const part of parts.slice(0, -1)) {
    let next = node.children.get(part);
    if (!next) {
      next = { children: new Map() };
      node.children.set(part, next);
    }
    if (!isBranch(next))
      throw new MongoError(
        40176,
        `Invalid $addFields :: caused by :: specification contains two conflicting paths. Cannot specify both '${parts.join('.')}' and '${part}'`,
      );
    node = next;
  }
  const last = parts[parts.length - 1] as string;
  if (node.children.has(last)) {
    throw new MongoError(
      40176,
      `Invalid $addFields :: caused by :: specification contains two conflicting paths. Cannot specify both '${parts.join('.')}' and '${parts.join('.')}'`,
    );
  }
  node.children.set(last, { kind: 'expression', value, literal: false });
}

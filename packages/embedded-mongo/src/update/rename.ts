import { badValue } from '../errors.ts';
import { isArr, own, show, type Value } from '../values/index.ts';
import type { Draft } from './draft.ts';

const isDynamic = (path: string): boolean =>
  path.split('.').some((p) => p === '$' || p.startsWith('$['));

/**
 * Checks one pair of a `$rename`.
 * @throws MongoError 2
 * @see https://www.mongodb.com/docs/manual/reference/operator/update/rename/
 */
export function checkRename(from: string, to: Value): string {
  if (typeof to !== 'string') {
    throw badValue(`The 'to' field for $rename must be a string: ${from}: ${show(to)}`);
  }
  if (to.includes('\0'))
    throw badValue("The 'to' field for $rename cannot contain an embedded null byte");
  if (isDynamic(from)) throw badValue(`The source field for $rename may not be dynamic: ${from}`);
  if (isDynamic(to)) throw badValue(`The destination field for $rename may not be dynamic: ${to}`);
  if (from === to) {
    throw badValue(`The source and target field for $rename must differ: ${from}: "${to}"`);
  }
  return to;
}

function refuseArrays(draft: Draft, path: readonly string[], end: 'source' | 'destination'): void {
  for (let i = 1; i < path.length; i++) {
    if (isArr(draft.at(path.slice(0, i)))) {
      throw badValue(
        `The ${end} field cannot be an array element, '${path.join('.')}' in doc with _id: ${show(own(draft.root, '_id'))} has an array field called '${path[i - 1] ?? ''}'`,
      );
    }
  }
}

/** Moves a field; a missing source changes nothing. */
export function rename(draft: Draft, from: readonly string[], to: readonly string[]): void {
  const source = draft.open(from, false);
  if (!source?.has()) return;
  refuseArrays(draft, from, 'source');
  refuseArrays(draft, to, 'destination');
  const v = source.get();
  const target = draft.open(to, true);
  if (!target) return;
  target.set(v);
  // Opened again: making the target's path may have copied what holds the source.
  draft.open(from, false)?.remove();
}

import { expressionFields } from '../expression/index.ts';
import { isArr, isPlain, type Value } from '../values/index.ts';

const WITHOUT_FIELDS = new Set(['$comment', '$alwaysTrue', '$alwaysFalse', '$sampleRate']);

/**
 * The top-level fields a filter looks at, so that only they need be decoded.
 * @returns null when the filter may look at any field
 */
export function fieldsOf(filter: Value, out: Set<string> = new Set()): Set<string> | null {
  if (!isPlain(filter)) return out;
  for (const name of Object.keys(filter)) {
    const arg = filter[name];
    if (name === '$and' || name === '$or' || name === '$nor') {
      if (isArr(arg) && !arg.every((e) => fieldsOf(e, out) !== null)) return null;
    } else if (name === '$expr') {
      if (!expressionFields(arg, out)) return null;
    } else if (name.startsWith('$')) {
      if (!WITHOUT_FIELDS.has(name)) return null;
    } else out.add(name.split('.', 1)[0] as string);
  }
  return out;
}

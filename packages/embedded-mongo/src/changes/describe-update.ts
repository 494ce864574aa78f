import type { UpdateDescription } from '../store/unit.ts';
import { identical } from '../order/index.ts';
import { type Doc, isArr, isPlain, type Value } from '../values/index.ts';

/**
 * The difference of two documents in the shape of a change event's `updateDescription`.
 * @see https://www.mongodb.com/docs/manual/reference/change-events/update/
 */
export function describeUpdate(before: Doc, after: Doc): UpdateDescription {
  const out: UpdateDescription = { updatedFields: {}, removedFields: [], truncatedArrays: [] };
  compareFields(before, after, '', out);
  return out;
}

function compareFields(before: Doc, after: Doc, prefix: string, out: UpdateDescription): void {
  for (const name of Object.keys(before))
    if (!Object.hasOwn(after, name)) out.removedFields.push(prefix + name);
  for (const [name, value] of Object.entries(after)) {
    const path = prefix + name;
    const old = before[name];
    if (!Object.hasOwn(before, name)) out.updatedFields[path] = value;
    else if (identical(old, value)) continue;
    else if (isPlain(old) && isPlain(value)) compareFields(old, value, `${path}.`, out);
    else if (isCut(old, value))
      out.truncatedArrays.push({ field: path, newSize: (value as Value[]).length });
    else if (isArr(old) && isArr(value)) compareElements(old, value, path, out);
    else out.updatedFields[path] = value;
  }
}

/** Elements that were added at the end or changed in place by themselves, anything else as a whole. */
function compareElements(old: Value[], value: Value[], path: string, out: UpdateDescription): void {
  const changed = value.flatMap((element, i) =>
    i < old.length && identical(old[i], element) ? [] : [i],
  );
  if (value.length < old.length || !old.length || changed.length === value.length) {
    out.updatedFields[path] = value;
    return;
  }
  for (const i of changed) {
    const before = old[i];
    const after = value[i];
    if (isPlain(before) && isPlain(after)) compareFields(before, after, `${path}.${i}.`, out);
    else out.updatedFields[`${path}.${i}`] = after;
  }
}

const isCut = (old: Value, value: Value): boolean =>
  isArr(old) &&
  isArr(value) &&
  value.length < old.length &&
  value.every((element, i) => identical(element, old[i]));
